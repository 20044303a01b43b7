package io.trunkline.proofs;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of a station: a process from its start until it is killed. */
final class Life {

    private final Process process;
    private final Path scratch;

    private Life(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
    }

    /** Starts a process of a main class in the same class path, with a folder for its temporary files. */
    static Life start(Class<?> main, Path folder, String secret, List<String> arguments) throws IOException {
        return start(main, folder, Map.of(StationMain.SECRET, secret), arguments);
    }

    /** The same with other variables of its environment. */
    static Life start(Class<?> main, Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dsun.net.http.retryPost=false",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(folder.resolve("errors.txt").toFile()));
        builder.environment().putAll(environment);
        return new Life(builder.start(), scratch);
    }

    /** Where it receives; null if it ended before it told. */
    URI address() throws IOException {
        String port = lines().readLine();
        return port == null ? null : URI.create("http://127.0.0.1:" + port + "/hook");
    }

    /** What it says; what it said before its end can be read afterwards. */
    BufferedReader lines() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Kills it, if it has not ended itself within a time; returns whether it has, at its point. */
    boolean endsItself(long millis) throws InterruptedException, IOException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.toHandle().destroyForcibly();
        process.waitFor();
        // Whoever is killed leaves what it unpacked.
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        return process.exitValue() == CrashPoint.EXIT;
    }
}
