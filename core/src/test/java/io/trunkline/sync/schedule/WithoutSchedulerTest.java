package io.trunkline.sync.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.store.JdbcStore;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that has left db-scheduler out. */
final class WithoutSchedulerTest {

    @Test
    void build_schedulerNotOnTheClassPath_namesTheArtifact(@TempDir Path folder) throws Exception {
        ClassLoader without = new Without();
        Class<?> attempt = without.loadClass(Attempt.class.getName());
        Method made = attempt.getDeclaredMethod("message", Path.class);

        Object message = made.invoke(null, folder.resolve("store.db"));
        Object control = Attempt.message(folder.resolve("control.db"));

        assertTrue(String.valueOf(message).contains("com.github.kagkarlsson:db-scheduler"), "" + message);
        assertTrue(String.valueOf(message).startsWith("ConfigurationException"), "" + message);
        assertEquals("built", control);
    }

    /** What the application does. */
    public static final class Attempt {

        private Attempt() {}

        /** Builds schedules, or says why not. */
        public static String message(Path file) {
            try (JdbcStore store = JdbcStore.sqlite(file, TimeSource.system())) {
                SyncSchedules.over(store, TimeSource.system()).build().close();
                return "built";
            } catch (RuntimeException e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
    }

    /** Loads this project's classes anew and cannot see the library. */
    private static final class Without extends ClassLoader {

        Without() {
            super(WithoutSchedulerTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.github.kagkarlsson.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.trunkline.") ? ours(name) : super.loadClass(name, resolve);
        }

        private Class<?> ours(String name) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
