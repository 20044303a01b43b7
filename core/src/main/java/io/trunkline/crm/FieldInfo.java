package io.trunkline.crm;

import java.util.List;

/**
 * A field of a platform's type of record.
 *
 * @param name the platform's name
 * @param label what people see
 * @param type the platform's word for its type
 * @param custom whether the customer has added it
 * @param writable whether it may be written
 * @param choices the values that a pick list allows; empty for others
 */
public record FieldInfo(
        String name, String label, String type, boolean custom, boolean writable, List<String> choices) {

    /** Keeps its own copy of the choices. */
    public FieldInfo {
        choices = List.copyOf(choices);
    }
}
