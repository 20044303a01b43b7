package io.trunkline.sync.table;

import io.trunkline.mapping.FieldType;

/** What a column holds. */
public enum ColumnType {
    /** A text of any length. Lists and objects are kept as JSON. */
    TEXT(FieldType.TEXT),
    /** A number, exact to ten places. */
    NUMBER(FieldType.NUMBER),
    /** True or false. */
    FLAG(FieldType.BOOLEAN),
    /** A day. */
    DATE(FieldType.DATE),
    /** An instant, kept in UTC to the millisecond. */
    TIME(FieldType.TIME);

    private final FieldType field;

    ColumnType(FieldType field) {
        this.field = field;
    }

    /** What a record's field is read as. */
    FieldType field() {
        return field;
    }
}
