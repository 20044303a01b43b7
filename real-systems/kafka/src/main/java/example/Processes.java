package example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java processes of Kafka's own programs, started here and ended here. */
final class Processes implements AutoCloseable {

    private final Path work;
    private final String classPath;
    private final List<Process> started = new ArrayList<>();

    /** Without the library on the class path: a worker has it from its plug-in folder alone. */
    Processes(Path work) throws IOException {
        this.work = work;
        try (Stream<Path> jars = Files.list(work.resolve("target/lib"))) {
            this.classPath = jars.map(Path::toString)
                    .filter(jar -> !jar.contains("/trunkline-"))
                    .collect(Collectors.joining(":"));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Runs a program to its end. */
    void run(String program, String... arguments) throws IOException, InterruptedException {
        int code = start(program, 200, arguments).waitFor();
        if (code != 0) {
            throw new IllegalStateException(program + " ended with " + code);
        }
    }

    /** Starts a program; what it writes goes to a file of its name. */
    Process start(String program, int megabytes, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp",
                classPath,
                program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(started.size()).toFile())
                .start();
        started.add(process);
        return process;
    }

    /** What the processes have written. */
    List<Path> logs() {
        return Stream.iterate(0, each -> each + 1)
                .limit(started.size())
                .map(this::log)
                .toList();
    }

    /** A file of settings. */
    String properties(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = work.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file.toString();
    }

    /** Ports that nobody listens on just now. */
    static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket each : sockets) {
                each.close();
            }
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }

    private Path log(int number) {
        return work.resolve("process-" + number + ".log");
    }
}
