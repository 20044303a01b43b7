package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A real Request Tracker with a database of its own, which can be killed and started again on the same address. */
final class DeskServer implements AutoCloseable {

    static final String WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final Path HOME = Path.of(System.getProperty("rt.folder"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Map<String, String> more;
    private Process process;

    private DeskServer(Path folder, int port, Map<String, String> more) {
        this.folder = folder;
        this.port = port;
        this.more = more;
    }

    /** A server as it is after installation. */
    static DeskServer fresh(Map<String, String> more) {
        try {
            Path folder = Files.createTempDirectory(HOME, "desk");
            Files.copy(HOME.resolve("fresh/rtdb"), folder.resolve("rtdb"));
            DeskServer server = new DeskServer(folder, freePort(), more);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String token() {
        try {
            return Files.readString(HOME.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The database's address for JDBC. */
    String jdbc() {
        return "jdbc:sqlite:" + folder.resolve("rtdb");
    }

    void start() {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("rt.server"),
                "--server", "Standalone", "--host", "127.0.0.1", "--port", String.valueOf(port));
        builder.environment().put("RT_SITE_CONFIG", System.getProperty("rt.config"));
        builder.environment().put("RT_SITE_CONFIG_DIR", HOME.resolve("site.d").toString());
        builder.environment().put("RT_FOLDER", folder.toString());
        builder.environment().put("RT_PORT", String.valueOf(port));
        builder.environment().putAll(more);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitAnswer();
    }

    /** kill -9, in the middle of whatever it does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Most starts take a second; the port may still be closed, so it is asked until it answers. */
    private void awaitAnswer() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Map<String, String> headers = Map.of("Authorization", "token " + token());
                int status = Wire.send("GET", uri().resolve("REST/2.0/rt"), headers, new byte[0])
                        .status();
                if (status == 200) {
                    return;
                }
                throw new IllegalStateException("the server answers " + status);
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IllegalStateException("the server does not start; see " + folder.resolve("log"), e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
