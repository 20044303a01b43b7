package io.trunkline.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an operation that must not arrive twice: repeated only when it provably was not sent or not processed. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Once {

    /** The operation's name in errors and metrics, such as {@code contacts.get}. */
    String value();
}
