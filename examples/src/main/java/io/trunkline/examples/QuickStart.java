package io.trunkline.examples;

import io.trunkline.Trunkline;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.lookup.CallerLookup;
import io.trunkline.crm.lookup.CallerMatches;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Duration;

/** Who is calling, and a text message to them. Takes a telephone number and the host's own id of the
 * message; reads its secrets from the environment. */
public final class QuickStart {

    private QuickStart() {}

    /** Asks Salesforce and sends by Twilio. */
    public static void main(String[] args) {
        ConnectorSetup crm = Salesforce.clientCredentials(uri("SF_URL"), env("SF_ID"), secret("SF_SECRET"));
        ConnectorSetup sms = Twilio.account(env("TWILIO_SID"), secret("TWILIO_TOKEN"));
        try (Trunkline trunkline = Trunkline.builder()
                .connect("crm", crm)
                .connect("sms", sms.with(Twilio.FROM, env("TWILIO_FROM")))
                .build()) {
            PhoneNumber caller = PhoneNumber.parse(args[0]);
            CallerMatches matches = CallerLookup.over(trunkline).find(caller, Duration.ofMillis(800));
            System.out.println(matches.contacts().size() + " contacts have this number");

            SmsMessage thanks =
                    SmsMessage.to(caller, args[1]).text("Thank you!").build();
            System.out.println(trunkline.client(Sms.class, "sms").send(thanks));
        }
    }

    private static URI uri(String variable) {
        return URI.create(env(variable));
    }

    private static Secret secret(String variable) {
        return Secret.of(env(variable));
    }

    private static String env(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException("set " + variable);
        }
        return value;
    }
}
