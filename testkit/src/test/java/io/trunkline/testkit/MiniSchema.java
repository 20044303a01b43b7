package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.crm.FieldInfo;
import io.trunkline.crm.Schema;
import io.trunkline.error.NotFoundException;
import io.trunkline.value.CallOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

record MiniSchema(MiniCrm crm, CallOptions options) implements Schema {

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("schema");
    }

    @Override
    public Schema with(CallOptions value) {
        return new MiniSchema(crm, value);
    }

    @Override
    public List<FieldInfo> fields(String type) {
        if (!type.matches("[A-Za-z]+") && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("not the name of a type");
        }
        try {
            List<FieldInfo> fields = new ArrayList<>();
            List<?> names = (List<?>) crm.api()
                    .describe(type.toLowerCase(Locale.ROOT))
                    .execute(options)
                    .get("fields");
            for (Object name : names) {
                String text = Flaw.GIVES_TWICE.here() ? "same" : name.toString();
                fields.add(new FieldInfo(text, text, "text", false, true, List.of()));
            }
            return fields;
        } catch (NotFoundException e) {
            if (Flaw.INVENTS_WHAT_IS_NOT_THERE.here()) {
                return List.of();
            }
            throw e;
        }
    }
}
