package io.trunkline.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an operation that has one effect however often it arrives: by its nature, or by a key in a header. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /** The operation's name in errors and metrics, such as {@code contacts.get}. */
    String value();

    /** The header that carries the idempotency key; empty where the operation is idempotent by its nature. */
    String keyHeader() default "";
}
