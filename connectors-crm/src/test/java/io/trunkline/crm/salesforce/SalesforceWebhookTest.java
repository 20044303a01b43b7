package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.WebhookContract;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Outbound Messages: the platform signs nothing, so the token in the address is the only proof. */
final class SalesforceWebhookTest extends WebhookContract {

    private static final String ORG = "00D000000000001AAA";

    private final FakeSalesforce org = new FakeSalesforce();
    private final Secret token = Secret.of("a-token-of-the-address-" + System.nanoTime());

    @Override
    protected RunningPlatform start() {
        return org.platform();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret()))
                .with(Salesforce.WEBHOOK_TOKEN, Secret.of(Canary.plant(token.reveal())))
                .with(Salesforce.ORGANIZATION_ID, ORG);
    }

    @Override
    protected WebhookRequest genuine(int number) {
        String body = "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>"
                + "<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\"><OrganizationId>" + ORG
                + "</OrganizationId><Notification><Id>04l00000000000" + number + "AAA</Id>"
                + "<sObject xsi:type=\"sf:Case\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">"
                + "<sf:Id>50000000000000" + number + "AAA</sf:Id><sf:Status>Escalated</sf:Status></sObject>"
                + "</Notification></notifications></soapenv:Body></soapenv:Envelope>";
        return new WebhookRequest(
                "POST",
                URI.create("https://host.test/sf?token=" + token.reveal()),
                Map.of("Content-Type", List.of("text/xml; charset=utf-8")),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T08:00:00Z"));
    }

    @Override
    protected List<String> proofs() {
        return List.of("?token");
    }

    @Override
    protected boolean acknowledges(WebhookReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8).contains("<Ack>true</Ack>");
    }

    @Override
    protected boolean coversBody() {
        return false;
    }
}
