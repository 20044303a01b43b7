package io.trunkline.crm;

/**
 * A field that holds another system's id, and the id.
 *
 * @param field the platform's name of the field
 * @param value the other system's id
 */
public record ExternalKey(String field, String value) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is blank, longer than 1000 characters or more than one line
     */
    public ExternalKey {
        DraftText.line("field of an external key", field);
        DraftText.line("value of an external key", value);
    }

    /** The field alone: the id may be personal. */
    @Override
    public String toString() {
        return "ExternalKey[" + field + "]";
    }
}
