package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.FieldInfo;
import io.trunkline.crm.Schema;
import io.trunkline.value.CallOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a type, standard and custom, by describe. */
final class SalesforceSchema implements Schema {

    private final SalesforceOrg org;
    private final CallOptions options;

    SalesforceSchema(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.options = options;
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("schema");
    }

    @Override
    public Schema with(CallOptions value) {
        return new SalesforceSchema(org, value);
    }

    @Override
    public List<FieldInfo> fields(String type) {
        SalesforceWire.Described described =
                org.api().describe(org.version(), Soql.name(type)).execute(options);
        List<SalesforceWire.Field> fields = described.fields();
        return fields == null
                ? List.of()
                : fields.stream().map(SalesforceSchema::field).toList();
    }

    private static FieldInfo field(SalesforceWire.Field field) {
        List<SalesforceWire.Choice> choices = field.picklistValues();
        return new FieldInfo(
                text(field.name()),
                text(field.label()),
                text(field.type()),
                Boolean.TRUE.equals(field.custom()),
                Boolean.TRUE.equals(field.updateable()),
                choices == null
                        ? List.of()
                        : choices.stream()
                                .filter(choice -> Boolean.TRUE.equals(choice.active()))
                                .map(choice -> text(choice.value()))
                                .toList());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
