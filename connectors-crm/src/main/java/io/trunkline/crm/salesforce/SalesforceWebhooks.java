package io.trunkline.crm.salesforce;

import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.mapping.SecureXml;
import io.trunkline.mapping.XmlElements;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.SignatureCheck;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Outbound Messages: SOAP with up to 100 records. They carry no signature, so the endpoint's address holds a token that
 * only the org knows, and the org's id must fit; a client certificate in front of the endpoint is better still. Follows
 * "Outbound Messaging" of the SOAP API guide.
 */
final class SalesforceWebhooks implements WebhookProtocol {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String ACK = "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">"
            + "<soapenv:Body><notificationsResponse xmlns=\"http://soap.sforce.com/2005/09/outbound\"><Ack>true</Ack>"
            + "</notificationsResponse></soapenv:Body></soapenv:Envelope>";

    private final SalesforceOrg org;
    private final Secret token;
    private final String organization;

    SalesforceWebhooks(SalesforceOrg org, Secret token, String organization) {
        this.org = org;
        this.token = token;
        this.organization = shortId(organization);
    }

    @Override
    public void verify(WebhookRequest request) {
        List<String> given = request.query().getOrDefault("token", List.of());
        boolean known = given.size() == 1
                && SignatureCheck.same(token.bytes(), given.get(0).getBytes(StandardCharsets.UTF_8));
        if (!known) {
            throw new ForgedWebhookException("the address does not hold the token");
        }
        try {
            String sender =
                    XmlElements.text(notifications(request), "OrganizationId").orElse("");
            if (!shortId(sender).equals(organization)) {
                throw new ForgedWebhookException("the message is from another org");
            }
        } catch (MalformedDataException e) {
            throw new ForgedWebhookException("the message is not an Outbound Message");
        }
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        List<Event> events = new ArrayList<>();
        for (Element notification : XmlElements.children(notifications(request), "Notification")) {
            String id = required(notification, "Id");
            Element record = XmlElements.child(notification, "sObject")
                    .orElseThrow(() -> new MalformedDataException("a notification has no record"));
            events.add(event(id, record, request.receivedAt()));
        }
        return events;
    }

    @Override
    public WebhookReply acknowledgement(WebhookRequest request) {
        return WebhookReply.of(200, "text/xml; charset=utf-8", ACK);
    }

    private RecordChanged event(String id, Element record, Instant receivedAt) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Element field : XmlElements.all(record)) {
            boolean none = "true".equals(field.getAttributeNS(XSI, "nil"));
            fields.put(field.getLocalName(), none ? null : field.getTextContent());
        }
        String type = record.getAttributeNS(XSI, "type").replaceAll(".*:", "");
        String recordId = required(record, "Id");
        if (!type.matches("[A-Za-z]\\w*") || !Soql.isId(recordId)) {
            throw new MalformedDataException("a notification's record has no type or no id");
        }
        Instant modified = SalesforceTime.find((String) fields.get("SystemModstamp"));
        EventHeader header = new EventHeader(
                org.connection(), id, type + "/" + recordId, modified == null ? receivedAt : modified, null);
        RecordRef ref = org.ref(type, recordId);
        return new RecordChanged(header, ref, RecordChanged.Change.SAVED, fields);
    }

    private static Element notifications(WebhookRequest request) {
        Element envelope = SecureXml.parse(request.body()).getDocumentElement();
        return XmlElements.child(envelope, "Body")
                .flatMap(body -> XmlElements.child(body, "notifications"))
                .orElseThrow(() -> new MalformedDataException("the message is not an Outbound Message"));
    }

    private static String required(Element parent, String name) {
        return XmlElements.text(parent, name)
                .orElseThrow(() -> new MalformedDataException("a notification has no " + name));
    }

    /** Ids come with 15 characters or with 18, of which the last three only check the case of the others. */
    private static String shortId(String id) {
        return id.length() == 18 ? id.substring(0, 15) : id;
    }
}
