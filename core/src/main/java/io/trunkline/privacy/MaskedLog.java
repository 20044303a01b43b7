package io.trunkline.privacy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's only way to write a log line: what stands in the pattern is ours, and every argument goes through {@link
 * Masking} first, so that one event is one line and holds nobody's data. The logger itself is made at the first line,
 * because a logging back end may take long to start.
 */
public final class MaskedLog {

    private final String name;
    private volatile @Nullable Logger made;

    private MaskedLog(String name) {
        this.name = name;
    }

    /** The log of a class. */
    public static MaskedLog of(Class<?> type) {
        return of(type.getName());
    }

    /** The log of a name, such as {@code io.trunkline.calls}. */
    public static MaskedLog of(String name) {
        return new MaskedLog(name);
    }

    /** Whether lines at DEBUG are written at all. */
    public boolean debugs() {
        return logger().isDebugEnabled();
    }

    /** A line at DEBUG. */
    public void debug(String pattern, @Nullable Object... arguments) {
        if (logger().isDebugEnabled()) {
            logger().debug(pattern, masked(arguments));
        }
    }

    /** A line at INFO. */
    public void info(String pattern, @Nullable Object... arguments) {
        if (logger().isInfoEnabled()) {
            logger().info(pattern, masked(arguments));
        }
    }

    /** A line at WARN. */
    public void warn(String pattern, @Nullable Object... arguments) {
        if (logger().isWarnEnabled()) {
            logger().warn(pattern, masked(arguments));
        }
    }

    private Logger logger() {
        Logger logger = made;
        if (logger == null) {
            logger = LoggerFactory.getLogger(name);
            made = logger;
        }
        return logger;
    }

    private static Object[] masked(@Nullable Object... arguments) {
        Object[] masked = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            masked[i] = harmless(argument) ? String.valueOf(argument) : Masking.mask(text(argument));
        }
        return masked;
    }

    private static boolean harmless(@Nullable Object argument) {
        return argument instanceof Number
                || argument instanceof Enum<?>
                || argument instanceof Duration
                || argument instanceof Instant;
    }

    private static String text(@Nullable Object argument) {
        return argument instanceof Class<?> type ? type.getName() : String.valueOf(argument);
    }
}
