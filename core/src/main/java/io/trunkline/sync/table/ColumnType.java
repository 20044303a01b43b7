package io.trunkline.sync.table;

/** What a column holds. */
public enum ColumnType {
    /** A text of any length. Lists and objects are kept as JSON. */
    TEXT,
    /** A number, exact to ten places. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** A day. */
    DATE,
    /** An instant, kept in UTC to the millisecond. */
    TIME
}
