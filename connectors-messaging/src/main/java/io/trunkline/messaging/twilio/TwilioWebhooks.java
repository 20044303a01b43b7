package io.trunkline.messaging.twilio;

import io.trunkline.event.DeliveryStatus;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.OptOutChanged;
import io.trunkline.event.ReceiptReceived;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Receipts and messages in, as forms or JSON. Follows twilio.com/docs/messaging/guides/webhook-request. */
final class TwilioWebhooks implements WebhookProtocol {

    private final String connection;
    private final TwilioSignature signature;

    TwilioWebhooks(String connection, Secret authToken) {
        this.connection = connection;
        this.signature = new TwilioSignature(authToken);
    }

    @Override
    public void verify(WebhookRequest request) {
        signature.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        Map<String, String> fields = fields(request);
        String id = fields.getOrDefault("MessageSid", fields.getOrDefault("SmsSid", ""));
        if (id.isEmpty()) {
            throw new MalformedDataException("the webhook names no message");
        }
        String status = fields.getOrDefault("MessageStatus", fields.getOrDefault("SmsStatus", ""));
        boolean inbound = status.isEmpty() || status.equals("received") || status.equals("receiving");
        return inbound ? inbound(id, fields, request) : receipt(id, status, fields, request);
    }

    @Override
    public WebhookReply acknowledgement(WebhookRequest request) {
        return WebhookReply.of(200, "text/xml", "<Response/>");
    }

    private List<Event> receipt(String id, String word, Map<String, String> fields, WebhookRequest request) {
        DeliveryStatus status = TwilioMapper.status(word).known().orElse(DeliveryStatus.QUEUED);
        String error = fields.get("ErrorCode");
        List<Event> events = new ArrayList<>();
        events.add(new ReceiptReceived(header(id, word, request), id, status, word, error));
        String to = fields.getOrDefault("To", "");
        if (TwilioErrors.OPTED_OUT.equals(error) && !to.isEmpty()) {
            events.add(new OptOutChanged(header(id, "opt", request), channel(to), bare(to), true));
        }
        return events;
    }

    private List<Event> inbound(String id, Map<String, String> fields, WebhookRequest request) {
        String from = fields.getOrDefault("From", "");
        String text = fields.getOrDefault("Body", "");
        List<Event> events = new ArrayList<>();
        events.add(new MessageReceived(
                header(id, "in", request),
                channel(from),
                id,
                bare(from),
                bare(fields.getOrDefault("To", "")),
                text,
                media(fields)));
        String wish = fields.getOrDefault("OptOutType", "");
        if (wish.isEmpty() && channel(from).equals("sms")) {
            wish = wish(text);
        }
        if (wish.equals("STOP") || wish.equals("START")) {
            events.add(new OptOutChanged(header(id, "opt", request), channel(from), bare(from), wish.equals("STOP")));
        }
        return events;
    }

    /**
     * What the platform makes of a word where the account has no rules of its own: it then blocks the recipient without
     * saying so in the request. "YES" is left out, because mostly it answers a question.
     */
    private static String wish(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT" -> "STOP";
            case "START", "UNSTOP" -> "START";
            default -> "";
        };
    }

    private EventHeader header(String id, String what, WebhookRequest request) {
        return new EventHeader(connection, id + ":" + what, id, request.receivedAt(), null);
    }

    private static List<URI> media(Map<String, String> fields) {
        List<URI> media = new ArrayList<>();
        String count = fields.getOrDefault("NumMedia", "0");
        int most = count.matches("\\d{1,2}") ? Integer.parseInt(count) : 0;
        for (int i = 0; i < most; i++) {
            String url = fields.get("MediaUrl" + i);
            if (url != null) {
                media.add(address(url));
            }
        }
        return media;
    }

    private static URI address(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new MalformedDataException("the webhook names a file at no address");
        }
    }

    private static String channel(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? "sms" : address.substring(0, colon);
    }

    private static String bare(String address) {
        return address.substring(address.indexOf(':') + 1);
    }

    private static Map<String, String> fields(WebhookRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (TwilioSignature.json(request)) {
            Json.object(request.body()).forEach((name, value) -> {
                if (value != null) {
                    fields.put(name, value.toString());
                }
            });
        } else {
            request.query().forEach((name, values) -> fields.put(name, values.get(0)));
            request.form().forEach((name, values) -> fields.put(name, single(values)));
        }
        return fields;
    }

    /** The signature does not cover the order of repeated values, so a field that has two says nothing. */
    private static String single(List<String> values) {
        if (Set.copyOf(values).size() > 1) {
            throw new MalformedDataException("the webhook gives a field two values");
        }
        return values.get(0);
    }
}
