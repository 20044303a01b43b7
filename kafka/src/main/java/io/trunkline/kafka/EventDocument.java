package io.trunkline.kafka;

import io.trunkline.delivery.AsideException;
import io.trunkline.event.Event;
import io.trunkline.value.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as a document: its kind, and what its record has by the names that it has in Java. */
final class EventDocument {

    private EventDocument() {}

    /**
     * The document of an event.
     *
     * @throws AsideException if the event is no record, or holds what no document can
     */
    static Map<String, @Nullable Object> of(Event event) throws AsideException {
        if (!(event instanceof Record fields)) {
            throw new AsideException("only events that are records can be written to a topic");
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", event.getClass().getSimpleName());
        try {
            document.putAll(components(fields));
            return PlainValues.exact(document);
        } catch (ReflectiveOperationException e) {
            throw new AsideException("the event's kind cannot be read; it must be a public record");
        } catch (UnfitRecordException e) {
            throw new AsideException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> components(Record value) throws ReflectiveOperationException {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = component.getAccessor().invoke(value);
            if (part != null) {
                components.put(component.getName(), plain(part));
            }
        }
        return components;
    }

    private static Object plain(Object part) throws ReflectiveOperationException {
        if (part instanceof Record inner) {
            return components(inner);
        }
        if (part instanceof Collection<?> items) {
            return List.copyOf(items);
        }
        // A secret would be refused with the whole event, and is nobody's business beyond the handler's.
        return part instanceof Secret ? "***" : part;
    }
}
