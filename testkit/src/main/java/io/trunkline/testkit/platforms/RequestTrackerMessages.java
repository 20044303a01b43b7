package io.trunkline.testkit.platforms;

import io.trunkline.mapping.Json;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said on the fake server's tickets, and the files that come with it. */
final class RequestTrackerMessages {

    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data; ?boundary=(\\S+)");
    private static final Pattern PART =
            Pattern.compile("(?s).*?name=\"(\\w+)\"(?:; filename=\"([^\"]*)\")?\r\n(?:Content-Type: ([^\r]+)\r\n)?"
                    + "(?:Content-Length: \\d+\r\n)?\r\n(.*)\r\n");

    private final RequestTrackerRecords records;

    RequestTrackerMessages(RequestTrackerRecords records) {
        this.records = records;
    }

    /** Takes a message, as JSON or as a form with files; the server mails what it has said itself, and keeps that too. */
    FakeReply said(FakeRequest request) {
        String ticket = request.captured(0);
        Map<String, Object> row = ticket.matches("[0-9]{1,18}") ? records.tickets.get(Long.parseLong(ticket)) : null;
        if (row == null) {
            return FakeRequestTracker.message(400, "Message could not be recorded");
        }
        boolean publicly = request.captured(1).equals("correspond");
        List<Map<String, Object>> parts = parts(request.header("Content-Type").orElse(""), request);
        String transaction = records.transaction(publicly ? "Correspond" : "Comment", ticket, Map.of());
        parts.forEach(part -> records.attachment(ticket, transaction, part));
        String mailed = records.transaction(publicly ? "EmailRecord" : "CommentEmailRecord", ticket, Map.of());
        records.attachment(ticket, mailed, text("This message was mailed by the server itself."));
        row.put("LastUpdated", records.now().toString());
        return FakeReply.json(201, List.of("Message added")).header("Location", "/REST/2.0/transaction/" + transaction);
    }

    List<Map<String, Object>> history(FakeRequest request) {
        return records.transactions.values().stream()
                .filter(row -> "RT::Ticket".equals(row.get("ObjectType")))
                .filter(row -> request.captured(0).equals(row.get("ObjectId")))
                .toList();
    }

    List<Map<String, Object>> parts(FakeRequest request) {
        return records.attachments.values().stream()
                .filter(row -> request.captured(0).equals(row.get("ticket")))
                .toList();
    }

    FakeReply attachment(FakeRequest request) {
        String id = request.captured(0);
        Map<String, Object> row = id.matches("[0-9]{1,18}") ? records.attachments.get(Long.parseLong(id)) : null;
        if (row == null) {
            return FakeRequestTracker.message(404, "Not Found");
        }
        Map<String, Object> answer = new LinkedHashMap<>(row);
        byte[] bytes = String.valueOf(row.get("Content")).getBytes(StandardCharsets.ISO_8859_1);
        if (String.valueOf(row.get("Filename")).isEmpty()) {
            bytes = String.valueOf(row.get("Content")).getBytes(StandardCharsets.UTF_8);
        }
        answer.put("Content", Base64.getMimeEncoder().encodeToString(bytes) + "\n");
        return FakeReply.json(200, answer);
    }

    Map<String, Object> text(Object content) {
        return new LinkedHashMap<>(Map.of("Content", content, "ContentType", "text/plain", "Filename", ""));
    }

    private List<Map<String, Object>> parts(String contentType, FakeRequest request) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        List<Map<String, Object>> parts = new ArrayList<>();
        if (!boundary.matches()) {
            parts.add(text(String.valueOf(request.json().get("Content"))));
            return parts;
        }
        String form = new String(request.body(), StandardCharsets.ISO_8859_1);
        for (String piece : form.split("--" + Pattern.quote(boundary.group(1)), -1)) {
            Matcher part = PART.matcher(piece);
            if (part.matches() && part.group(1).equals("JSON")) {
                byte[] json = part.group(4).getBytes(StandardCharsets.ISO_8859_1);
                parts.add(text(String.valueOf(Json.object(json).get("Content"))));
            } else if (part.matches()) {
                parts.add(new LinkedHashMap<>(Map.of(
                        "Content", part.group(4),
                        "ContentType", part.group(3),
                        "ContentLength", String.valueOf(part.group(4).length()),
                        "Filename",
                                new String(
                                        part.group(2).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))));
            }
        }
        return parts;
    }
}
