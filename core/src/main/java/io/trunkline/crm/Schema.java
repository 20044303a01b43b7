package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import java.util.List;

/** What types of record a business system has, and their fields. Undeclared operations throw before any request. */
public interface Schema extends Client<Schema> {

    /** {@link #fields}. */
    Capability FIELDS = Capability.of("schema.fields");

    /**
     * The fields of a type.
     *
     * @param type the platform's word, such as {@code Contact}
     * @throws io.trunkline.error.NotFoundException if there is no such type
     */
    default List<FieldInfo> fields(String type) {
        throw unsupported(FIELDS);
    }
}
