package io.trunkline.messaging.twilio;

import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's JSON. */
final class TwilioWire {

    private TwilioWire() {}

    /** An account. */
    public record Account(
            @Nullable String sid,
            @Json(name = "friendly_name") @Nullable String friendlyName,
            @Nullable String status) {

        String shown() {
            return friendlyName == null ? String.valueOf(sid) : friendlyName;
        }
    }

    /** A message. */
    public record Message(
            @Nullable String sid,
            @Nullable String to,
            @Nullable String from,
            @Nullable String body,
            @Nullable String status,
            @Nullable String direction,
            @Json(name = "num_segments") @Nullable String numSegments,
            @Json(name = "error_code") @Nullable Integer errorCode,
            @Json(name = "date_created") @Nullable String dateCreated) {}

    /** A page of messages. */
    public record Messages(
            @Nullable List<Message> messages,
            @Json(name = "next_page_uri") @Nullable String nextPageUri) {}

    /** The files of a message. */
    public record MediaList(
            @Json(name = "media_list") @Nullable List<MediaItem> mediaList) {}

    /** A file of a message. */
    public record MediaItem(
            @Nullable String sid,
            @Json(name = "content_type") @Nullable String contentType) {}

    /** An error of the 2010 API, or of the newer ones by RFC 9457. */
    public record Failure(@Nullable Integer code, @Nullable List<FailureEntry> errors) {}

    /** An error in a list, as bulk APIs answer. */
    public record FailureEntry(@Nullable Integer code) {}
}
