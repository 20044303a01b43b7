package io.trunkline.examples;

import io.trunkline.Trunkline;
import io.trunkline.crm.lookup.CallerLookup;
import io.trunkline.crm.lookup.CallerMatches;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Duration;

/** Who is calling, and a text message to them. Takes a telephone number; reads its secrets from the environment. */
public final class QuickStart {

    private QuickStart() {}

    /** Asks Salesforce and sends by Twilio. */
    public static void main(String[] args) {
        try (Trunkline trunkline = Trunkline.builder()
                .connect(
                        "crm",
                        Salesforce.clientCredentials(
                                uri("SALESFORCE_URL"), env("SALESFORCE_ID"), secret("SALESFORCE_SECRET")))
                .connect(
                        "sms",
                        Twilio.account(env("TWILIO_SID"), secret("TWILIO_TOKEN"))
                                .with(Twilio.FROM, env("TWILIO_FROM")))
                .build()) {
            PhoneNumber caller = PhoneNumber.parse(args[0]);
            CallerMatches matches = CallerLookup.over(trunkline).find(caller, Duration.ofMillis(800));
            System.out.println(matches.contacts().size() + " contacts have this number");
            SendOutcome outcome = trunkline
                    .client(Sms.class, "sms")
                    .send(SmsMessage.to(caller, "thanks-" + args[1])
                            .text("Thank you for your call.")
                            .build());
            System.out.println(outcome);
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
