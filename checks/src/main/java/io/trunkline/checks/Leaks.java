package io.trunkline.checks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test in which a {@link Canary} turned up in a log line at any level, in an exception with all its causes, in a
 * printed value or in a thread's name. Registered in every module.
 */
public final class Leaks implements BeforeEachCallback, AfterEachCallback {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    /** Made by the test engine. */
    public Leaks() {}

    /** Remembers what an exception tells, with its causes and what it suppressed. */
    public static <T extends Throwable> T saw(T thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        SEEN.add(text.toString());
        return thrown;
    }

    /** Remembers how a value prints. */
    public static <T> T printed(T value) {
        SEEN.add(String.valueOf(value));
        return value;
    }

    /** Forgets what the test before has left; canaries stay, because the test's own fields have planted some already. */
    @Override
    public void beforeEach(ExtensionContext context) {
        SEEN.clear();
        CapturedLog.clear();
    }

    /** Searches. */
    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(Leaks::saw);
        Thread.getAllStackTraces().keySet().forEach(thread -> SEEN.add(thread.getName()));
        try {
            search("a log line", CapturedLog.lines());
            search("an exception, a printed value or a thread's name", SEEN);
        } finally {
            forget();
        }
    }

    static void forget() {
        SEEN.clear();
        Canary.clear();
        CapturedLog.clear();
    }

    private static void search(String where, List<String> texts) {
        for (String text : texts) {
            String found = Canary.foundIn(text);
            if (!found.isEmpty()) {
                throw new AssertionError(where + " holds a canary: " + found + " in: " + text);
            }
        }
    }
}
