package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.crm.TicketAttachment;
import io.trunkline.crm.TicketAttachments;
import io.trunkline.crm.TicketFile;
import io.trunkline.mapping.Json;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Files of tickets: they come with private comments and are given in base64. */
final class RequestTrackerAttachments implements TicketAttachments {

    private static final String TYPE = RequestTrackerDesk.ATTACHMENT;
    private static final String FIELDS = "Filename,ContentType,ContentLength,Created,Creator,TransactionId";

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;

    RequestTrackerAttachments(RequestTrackerDesk desk, CallOptions options) {
        this.desk = desk;
        this.rows = new RequestTrackerRows(desk, options);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("ticket-attachments");
    }

    @Override
    public TicketAttachments with(CallOptions value) {
        return new RequestTrackerAttachments(desk, value);
    }

    @Override
    public Paged<TicketAttachment> list(RecordRef ticket) {
        String id = desk.id(ticket, RequestTrackerDesk.TICKET);
        // Texts are kept as attachments without a name.
        List<RequestTrackerWire.Condition> named =
                List.of(new RequestTrackerWire.Condition("Filename", "!=", "", null));
        return Paged.of(cursor -> {
            Page<Map<String, @Nullable Object>> page =
                    rows.find("ticket/" + id + "/attachments", FIELDS, named, cursor);
            return new Page<>(
                    page.items().stream()
                            .filter(row ->
                                    !RequestTrackerRow.text(row, "Filename").isEmpty())
                            .map(this::attachment)
                            .toList(),
                    page.cursor());
        });
    }

    @Override
    public RecordRef add(RecordRef ticket, TicketFile file) {
        String id = desk.id(ticket, RequestTrackerDesk.TICKET);
        String message = new String(
                Json.write(Map.of("Content", file.name(), "ContentType", "text/plain")), StandardCharsets.UTF_8);
        RequestBody parts = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("JSON", message)
                .addFormDataPart(
                        "Attachments",
                        file.name(),
                        RequestBody.create(file.content(), MediaType.get(file.contentType())))
                .build();
        return new RequestTrackerComments(rows)
                .said(desk.api().attach(id, parts).exchange(rows.options()));
    }

    @Override
    public InputStream read(RecordRef attachment) {
        String id = desk.id(attachment, TYPE);
        String content = desk.api().attachment(id).execute(rows.options()).Content();
        if (content == null) {
            throw desk.broken("request-tracker.attachment", null);
        }
        return Base64.getMimeDecoder().wrap(new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private TicketAttachment attachment(Map<String, @Nullable Object> row) {
        String size = RequestTrackerRow.text(row, "ContentLength");
        return new TicketAttachment(
                new RequestTrackerMapper(desk)
                        .info(TYPE, RequestTrackerRow.text(row, "id"), new RequestTrackerVersioned(row, null), false),
                RequestTrackerRow.text(row, "Filename"),
                RequestTrackerRow.text(row, "ContentType"),
                size.matches("[0-9]{1,18}") ? Long.parseLong(size) : 0);
    }
}
