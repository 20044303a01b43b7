package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.error.ProtocolException;
import io.trunkline.mapping.FieldMappings;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Request Tracker as all clients of the connection see it: its name, address, queue and fields. */
final class RequestTrackerDesk {

    static final String TICKET = "ticket";
    static final String USER = "user";
    static final String TRANSACTION = "transaction";
    static final String ATTACHMENT = "attachment";

    /** A user's name as it may stand in an address; one of digits alone would be taken for a number. */
    private static final Pattern USER_NAME =
            Pattern.compile("(?![0-9]+$)[\\p{L}\\p{N}_][\\p{L}\\p{N}_.+@&'!~=$*^{}| -]{0,199}");

    private static final String NEVER = "1970-01-01T00:00:00Z";

    private final ConnectorRuntime runtime;
    private final RequestTrackerApi api;
    private final ConnectorSettings settings;
    private final FieldMappings fields;
    private final RequestTrackerKnownFields known;
    private final RequestTrackerZone zone = new RequestTrackerZone();
    private final RequestTrackerPeople people = new RequestTrackerPeople();

    RequestTrackerDesk(ConnectorRuntime runtime, RequestTrackerApi api, ConnectorSettings settings) {
        this.runtime = runtime;
        this.api = api;
        this.settings = settings;
        this.fields = RequestTrackerParsers.mappings(
                settings.find(RequestTracker.FIELDS).orElse(""));
        this.known = new RequestTrackerKnownFields(runtime.time());
    }

    ConnectorRuntime runtime() {
        return runtime;
    }

    RequestTrackerApi api() {
        return api;
    }

    ConnectorSettings settings() {
        return settings;
    }

    FieldMappings fields() {
        return fields;
    }

    RequestTrackerKnownFields known() {
        return known;
    }

    RequestTrackerPeople people() {
        return people;
    }

    RequestTrackerZone zone() {
        return zone;
    }

    String connection() {
        return runtime.connection();
    }

    String queue() {
        return settings.get(RequestTracker.QUEUE);
    }

    String callQueue() {
        return settings.find(RequestTracker.CALL_QUEUE).orElseGet(this::queue);
    }

    Set<Capability> capabilities(String client) {
        return RequestTracker.DESCRIPTOR.capabilitiesOf(client);
    }

    /** A record's address on the platform. */
    RecordRef ref(String type, @Nullable Object id) {
        String text = id == null ? "" : id.toString();
        boolean sound = type.equals(USER) ? !text.isBlank() : TicketSql.isId(text);
        if (!sound) {
            throw broken("request-tracker.read", null);
        }
        return new RecordRef(
                connection(), type, text, type.equals(TICKET) ? page(text).toString() : null);
    }

    /** The id of a reference, if it is one of this connection and type. */
    String id(RecordRef ref, String type) {
        if (!ref.type().equals(type) || !ref.connection().equals(connection())) {
            throw new IllegalArgumentException("the record must be a " + type + " of connection " + connection());
        }
        return type.equals(USER) ? user(ref.id()) : TicketSql.id(ref.id());
    }

    /** A user's number, or a name that can stand in an address. */
    static String user(String id) {
        if (!TicketSql.isId(id) && !isUserName(id)) {
            throw new IllegalArgumentException("id of a user must be a number or a name like a mail address");
        }
        return id;
    }

    /** Whether a name can stand in an address. */
    static boolean isUserName(String name) {
        return USER_NAME.matcher(name).matches();
    }

    /** The number that a stored text says, read with the desk's own region; an extension is no part of it. */
    Optional<PhoneNumber> phone(String stored) {
        return PhoneNumber.find(PhoneNumber.withoutExtension(stored), settings.get(RequestTracker.DEFAULT_REGION));
    }

    /** The custom fields of a row by the host's names and types. */
    Map<String, @Nullable Object> hostFields(String type, Map<String, @Nullable Object> row) {
        try {
            return fields.of(type).toHost(RequestTrackerRow.customFields(row));
        } catch (IllegalArgumentException e) {
            throw broken("request-tracker.read", e);
        }
    }

    /** A time of the platform; null where it says none. */
    @Nullable
    Instant time(@Nullable Object text) {
        if (text == null || text.toString().isEmpty() || text.equals(NEVER)) {
            return null;
        }
        try {
            return Instant.parse(text.toString());
        } catch (DateTimeException e) {
            throw broken("request-tracker.read", null);
        }
    }

    ConnectorException failed(String operation, ErrorKind kind, String message) {
        return Failures.of(message, ErrorContext.of(connection(), operation, kind));
    }

    ProtocolException broken(String operation, @Nullable Exception cause) {
        return new ProtocolException(
                cause == null
                        ? "the answer is not what the platform documents"
                        : "the answer does not fit the setting fields: " + cause.getMessage(),
                ErrorContext.of(connection(), operation, ErrorKind.PROTOCOL),
                cause);
    }

    private URI page(String ticket) {
        return RequestTrackerParsers.folder(settings.get(RequestTracker.ADDRESS))
                .resolve("Ticket/Display.html?id=" + ticket);
    }
}
