package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConfigurationException;
import io.trunkline.event.Event;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.mapping.SecureXml;
import io.trunkline.mapping.XmlElements;
import io.trunkline.store.Store;
import io.trunkline.testkit.Watched;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Outbound Messages: who may send them, what they become, and what the platform wants to hear. */
@Timeout(60)
final class SalesforceWebhooksTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-01T09:00:00Z");
    private static final String ORG = "00D000000000001AAA";

    private final Secret token = Secret.of(Canary.secret());
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "crm",
                    Salesforce.clientCredentials(URI.create("https://acme.my.salesforce.com"), "key", Secret.of("s"))
                            .with(Salesforce.WEBHOOK_TOKEN, token)
                            .with(Salesforce.ORGANIZATION_ID, ORG))
            .build();
    private final WebhookProtocol protocol = trunkline.client(WebhookProtocol.class, "crm");
    private final String address = "https://host.test/sf?token=" + token.reveal();

    @AfterEach
    void close() {
        trunkline.close();
    }

    private static WebhookRequest request(String url, String body) {
        return new WebhookRequest("POST", URI.create(url), Map.of(), body.getBytes(StandardCharsets.UTF_8), RECEIVED);
    }

    private static String notification(int number, String fields) {
        return "<Notification><Id>04l%012dAAA</Id>".formatted(number)
                + "<sObject xsi:type=\"sf:Case\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">"
                + "<sf:Id>500%012dAAA</sf:Id>%s</sObject></Notification>".formatted(number, fields);
    }

    private static String envelope(String organization, String notifications) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope"
                + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>"
                + "<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\"><OrganizationId>" + organization
                + "</OrganizationId><ActionId>04k000000000001AAA</ActionId><SessionId xsi:nil=\"true\"/>"
                + "<EnterpriseUrl>https://evil.test/soap</EnterpriseUrl>" + notifications
                + "</notifications></soapenv:Body></soapenv:Envelope>";
    }

    private static String batch(int size) {
        return IntStream.rangeClosed(1, size)
                .mapToObj(number -> notification(number, "<sf:Status>Escalated</sf:Status>"))
                .collect(Collectors.joining());
    }

    @Test
    void decode_genuine_givesTypeIdFieldsTimeAndPage() {
        String fields = "<sf:Status>Escalated &amp; read</sf:Status><sf:Owner__c xsi:nil=\"true\"/>"
                + "<sf:SystemModstamp>2026-03-01T08:00:00.000Z</sf:SystemModstamp>";
        WebhookRequest request = request(address, envelope(ORG, notification(1, fields) + notification(2, "")));

        protocol.verify(request);
        List<Event> events = protocol.decode(request);

        RecordChanged changed = (RecordChanged) events.get(0);
        assertEquals("04l000000000001AAA", changed.header().id());
        assertEquals("Case/500000000000001AAA", changed.header().entity());
        assertEquals(Instant.parse("2026-03-01T08:00:00Z"), changed.header().occurredAt());
        assertEquals("Escalated & read", changed.fields().get("Status"));
        assertTrue(changed.fields().containsKey("Owner__c"));
        assertEquals(null, changed.fields().get("Owner__c"));
        assertTrue(changed.ref().url().isPresent());
        assertEquals(RECEIVED, events.get(1).header().occurredAt());
        Leaks.printed(events);
        Leaks.printed(request);
    }

    @Test
    void receive_hundredNotificationsTwice_areStoredOnceAndAcknowledgedTwice() {
        Store store = Store.inMemory(TimeSource.system());
        AtomicInteger stored = new AtomicInteger();
        WebhookReceiver receiver =
                new WebhookReceiver("crm", protocol, store, TimeSource.system(), stored::incrementAndGet);
        WebhookRequest request = request(address, envelope(ORG, batch(100) + batch(3)));
        assertEquals(103, protocol.decode(request).size());

        WebhookReply first = receiver.receive(request);
        WebhookReply again = receiver.receive(request);

        assertEquals(200, first.status());
        assertEquals(200, again.status());
        assertEquals(1, stored.get());
    }

    @Test
    void receive_hundredRecordsOfAMebibyte_isTakenAndMoreIsNot() {
        Store store = Store.inMemory(TimeSource.system());
        WebhookReceiver receiver = new WebhookReceiver("crm", protocol, store, TimeSource.system(), () -> {});
        String texts = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> notification(number, "<sf:Description>" + "x".repeat(10_000) + "</sf:Description>"))
                .collect(Collectors.joining());

        assertEquals(
                200, receiver.receive(request(address, envelope(ORG, texts))).status());
        assertEquals(
                413,
                receiver.receive(request(address, "x".repeat((1 << 20) + 1))).status());
    }

    @Test
    void acknowledgement_ofAny_isThePlatformsExactly() {
        WebhookReply reply = protocol.acknowledgement(request(address, envelope(ORG, batch(1))));

        Element body = XmlElements.child(SecureXml.parse(reply.body()).getDocumentElement(), "Body")
                .orElseThrow();
        Element response = XmlElements.all(body).get(0);
        assertEquals(200, reply.status());
        assertEquals("notificationsResponse", response.getLocalName());
        assertEquals("http://soap.sforce.com/2005/09/outbound", response.getNamespaceURI());
        assertEquals("http://schemas.xmlsoap.org/soap/envelope/", body.getNamespaceURI());
        assertEquals("true", XmlElements.text(response, "Ack").orElseThrow());
    }

    @Test
    void T16_wrongTokenOrOrg_isForged() {
        String good = envelope(ORG, batch(1));
        for (WebhookRequest request : List.of(
                request("https://host.test/sf", good),
                request("https://host.test/sf?token=", good),
                request("https://host.test/sf?token=x", good),
                request("https://host.test/sf?TOKEN=" + token.reveal(), good),
                request(address + "x", good),
                request(address + "&token=" + token.reveal(), good),
                request(address, envelope("00D000000000002AAA", batch(1))),
                request(address, envelope("", batch(1))),
                request(address, good.replace("OrganizationId", "OrganisationId")),
                request(address, "<a/>"),
                request(address, "{}"),
                request(address, ""))) {
            Leaks.saw(assertThrows(ForgedWebhookException.class, () -> protocol.verify(request)));
        }
    }

    @Test
    void verify_orgOfFifteenCharacters_isTheSameOrg() {
        protocol.verify(request(address, envelope(ORG.substring(0, 15), batch(1))));

        assertThrows(
                ForgedWebhookException.class,
                () -> protocol.verify(request(address, envelope(ORG.substring(0, 14), batch(1)))));
    }

    @Test
    void T36_xmlAttacks_areRefusedAndReachNothing(@TempDir Path folder) throws Exception {
        String secret = Canary.secret();
        Path file = Files.writeString(folder.resolve("secret.txt"), secret);
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            String good = envelope("&e;", batch(1)).replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "");
            for (String doctype : List.of(
                    "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + file.toUri() + "\">]>",
                    "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + server.uri() + "\">]>",
                    "<!DOCTYPE a SYSTEM \"" + server.uri() + "a.dtd\">",
                    "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + server.uri() + "\"> %p;]>",
                    "<!DOCTYPE a [<!ENTITY e \"" + ORG + "\">]>")) {
                Leaks.saw(assertThrows(
                        ForgedWebhookException.class, () -> protocol.verify(request(address, doctype + good))));
            }
            String deep = "<a>".repeat(100_000);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThrows(ForgedWebhookException.class, () -> protocol.verify(request(address, deep))));

            assertEquals(0, server.count());
        }
    }

    @Test
    void decode_notificationWithoutWhatItMustHave_isMalformed() {
        for (String broken : List.of(
                notification(1, "").replaceFirst("<Id>.*?</Id>", ""),
                notification(1, "").replaceFirst("<sObject.*</sObject>", ""),
                notification(1, "").replaceFirst("<sf:Id>.*?</sf:Id>", ""),
                notification(1, "").replace("sf:Case", "sf:Ca/../se"),
                notification(1, "").replace(" xsi:type=\"sf:Case\"", ""),
                notification(1, "").replace("500000000000001AAA", "../../x"))) {
            WebhookRequest request = request(address, envelope(ORG, broken));
            protocol.verify(request);

            assertThrows(MalformedDataException.class, () -> protocol.decode(request), broken);
        }
    }

    @Test
    void T18_webhooksWithoutToken_areNotOffered() {
        try (Trunkline bare = Watched.trunkline()
                .connect(
                        "crm",
                        Salesforce.clientCredentials(URI.create("https://acme.my.salesforce.com"), "k", Secret.of("s")))
                .build()) {
            assertThrows(ConfigurationException.class, () -> bare.client(WebhookProtocol.class, "crm"));
        }
    }
}
