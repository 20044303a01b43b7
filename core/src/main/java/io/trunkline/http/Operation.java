package io.trunkline.http;

import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * What an annotated method says of itself.
 *
 * @param name the operation's name
 * @param effect what repeating it would do
 * @param keyHeader the header of the idempotency key, empty if there is none
 */
record Operation(String name, Effect effect, String keyHeader) {

    static Operation of(Annotation[] annotations) {
        @Nullable Operation found = null;
        for (Annotation annotation : annotations) {
            Operation next = of(annotation);
            if (next != null && found != null) {
                throw new IllegalArgumentException(found.name + " must be one of @Safe, @Idempotent and @Once");
            }
            found = next == null ? found : next;
        }
        if (found == null) {
            throw new IllegalArgumentException("every method must say @Safe, @Idempotent or @Once");
        }
        return found;
    }

    private static @Nullable Operation of(Annotation annotation) {
        if (annotation instanceof Safe safe) {
            return new Operation(safe.value(), Effect.SAFE, "");
        }
        if (annotation instanceof Idempotent idempotent) {
            return new Operation(idempotent.value(), Effect.IDEMPOTENT, idempotent.keyHeader());
        }
        return annotation instanceof Once once ? new Operation(once.value(), Effect.ONCE, "") : null;
    }
}
