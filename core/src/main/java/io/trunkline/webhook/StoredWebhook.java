package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has arrived as it waits in the inbox, raw, so that a better decoder can read it later, with the ids of those of its events that
 * are new.
 *
 * @param source the name of what pulled it, its body being the item; empty for a genuine webhook
 * @param request what has arrived
 * @param eventIds none for what could not be read when it arrived
 */
public record StoredWebhook(String source, WebhookRequest request, List<String> eventIds) {

    static final String SEEN = "webhook-events";
    private static final int REQUESTS_ONLY = 1;
    private static final int FORMAT = 2;
    private static final int LONGEST_KEY = 200;

    /** Keeps its own copy of the ids. */
    public StoredWebhook {
        eventIds = List.copyOf(eventIds);
    }

    static StoredWebhook called(WebhookRequest request) {
        return new StoredWebhook("", request, List.of());
    }

    static StoredWebhook pulled(String source, byte[] item, Instant at) {
        return new StoredWebhook(
                source, new WebhookRequest("PULL", URI.create("pull:item"), Map.of(), item, at), List.of());
    }

    StoredWebhook with(List<String> ids) {
        return new StoredWebhook(source, request, ids);
    }

    /** The name of the queue that a connection's inbox is. */
    public static String queue(String connection) {
        return "webhooks." + HexFormat.of().formatHex(Macs.digest("SHA-256", utf8(connection)), 0, 8);
    }

    static String conflicts(String connection) {
        return queue(connection) + ".conflicts";
    }

    /** A key of bounded length that keeps what different connections call the same apart. */
    static String key(String connection, String id) {
        String text = connection.toLowerCase(Locale.ROOT) + "/" + id;
        boolean plain = text.length() <= LONGEST_KEY && text.codePoints().allMatch(StoredWebhook::plain);
        return plain ? text : HexFormat.of().formatHex(Macs.digest("SHA-256", utf8(text)));
    }

    /** Half characters and zeros fit into no database. */
    private static boolean plain(int character) {
        return character != 0 && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            text(out, source);
            text(out, request.method());
            text(out, request.url().toString());
            out.writeLong(request.receivedAt().toEpochMilli());
            out.writeInt(request.headers().size());
            for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
                text(out, header.getKey());
                texts(out, header.getValue());
            }
            block(out, request.body());
            texts(out, eventIds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * What an item of the inbox holds.
     *
     * @param bytes the item's payload
     * @throws IllegalStateException if it is damaged, or of another version of the library
     */
    public static StoredWebhook of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT && format != REQUESTS_ONLY) {
                throw new IllegalStateException("the stored webhook is of another version of the library");
            }
            String source = format == FORMAT ? text(in) : "";
            String method = text(in);
            URI url = URI.create(text(in));
            Instant receivedAt = Instant.ofEpochMilli(in.readLong());
            Map<String, List<String>> headers = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                headers.put(text(in), texts(in));
            }
            WebhookRequest request = new WebhookRequest(method, url, headers, block(in), receivedAt);
            return new StoredWebhook(source, request, texts(in));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the stored webhook is damaged", e);
        }
    }

    /** The request's own words and the number of its events: ids may be personal. */
    @Override
    public String toString() {
        return "StoredWebhook[" + request + ", " + eventIds.size() + " events]";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        block(out, utf8(text));
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(block(in), StandardCharsets.UTF_8);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new EOFException("the stored webhook is cut off");
        }
        return bytes;
    }
}
