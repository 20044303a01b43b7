package io.trunkline.kafka;

/** The names of the headers of a message; their values are text in UTF-8. */
public final class TopicHeaders {

    /** The same whenever the same version of a record, or the same event, is written again. */
    public static final String IDEMPOTENCY_KEY = "trunkline.idempotency-key";

    /** The connection that a record or event came by. */
    public static final String CONNECTION = "trunkline.connection";

    /** The record's type in the platform's own words, or the event's kind. */
    public static final String TYPE = "trunkline.type";

    /** When a record was changed, by the platform's clock; ISO 8601 in UTC. */
    public static final String CHANGED_AT = "trunkline.changed-at";

    /** When an event happened, by the platform's clock; ISO 8601 in UTC. */
    public static final String OCCURRED_AT = "trunkline.occurred-at";

    /** A page that shows a record to a person; missing if the platform has none. */
    public static final String URL = "trunkline.url";

    /** What took a deleted record's place, as JSON in the platform's own names; missing if nothing did. */
    public static final String REPLACEMENT = "trunkline.replacement";

    private TopicHeaders() {}
}
