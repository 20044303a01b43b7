package io.trunkline.benchmarks;

import io.trunkline.Trunkline;
import io.trunkline.ai.openai.OpenAi;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.mail.Mail;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.value.Secret;
import java.net.URI;

/** Opens one connection of every connector that needs no model in this process; with an argument it does nothing. */
public final class StartUp {

    private StartUp() {}

    /** Opens, and ends before anything is closed. */
    public static void main(String[] args) {
        if (args.length > 0) {
            return;
        }
        Secret secret = Secret.of("secret");
        try (Trunkline trunkline = Trunkline.builder()
                .connect("crm", Salesforce.clientCredentials(URI.create("https://a.my.salesforce.com"), "id", secret))
                .connect("sms", Twilio.account("AC0123456789abcdef0123456789abcdef", secret))
                .connect("mail", Mail.account("mail.example.test", "user", secret, MailAddress.of("a@example.test")))
                .connect("ai", OpenAi.key(secret, "model"))
                .build()) {
            if (trunkline.connections().size() != 4) {
                throw new IllegalStateException("not all were opened");
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
