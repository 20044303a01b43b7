package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.checks.Leaks;
import io.trunkline.crm.FieldInfo;
import io.trunkline.crm.Schema;
import io.trunkline.error.NotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Schema} must do, beside {@link ConnectorContract}. */
public abstract class SchemaContract extends ConnectorContract {

    /** For subclasses. */
    protected SchemaContract() {}

    /** A type of record that the platform has, in its own word. */
    protected abstract String type();

    @Test
    final void schema_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(Schema.class, probes());
    }

    @Test
    final void schema_platformFails_areTypedErrors() {
        failuresAreTyped(Schema.class, probes());
    }

    @Test
    final void schema_platformSilent_endsAtTheDeadline() {
        trunkline().verify("subject", Duration.ofSeconds(10));
        deadlinesHold(Schema.class, probes());
    }

    @Test
    final void fields_knownType_areNamedOnceAndDescribed() {
        List<FieldInfo> fields = offering(Schema.class, Schema.FIELDS).fields(type());

        assertFalse(fields.isEmpty());
        assertEquals(
                fields.size(), fields.stream().map(FieldInfo::name).distinct().count());
        for (FieldInfo field : fields) {
            assertFalse(
                    field.name().isBlank()
                            || field.label().isBlank()
                            || field.type().isBlank(),
                    field::name);
        }
    }

    @Test
    final void fields_unknownType_isNotFound() {
        Schema schema = offering(Schema.class, Schema.FIELDS);

        Leaks.saw(assertThrows(NotFoundException.class, () -> schema.fields("Nonsense")));
    }

    @Test
    final void fields_typeThatWouldLeadElsewhere_isRefusedUnsent() {
        Schema schema = offering(Schema.class, Schema.FIELDS);

        for (String type : List.of("", "../x", type() + "/../x", "a\r\nX-Evil: 1", "a?b=c", "%2e%2e")) {
            refusedUnsent("type " + type.strip(), () -> schema.fields(type));
        }
    }

    private List<Probe<Schema>> probes() {
        return List.of(Probe.reading(Schema.FIELDS, s -> s.fields(type())));
    }
}
