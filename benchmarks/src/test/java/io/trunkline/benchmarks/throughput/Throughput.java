package io.trunkline.benchmarks.throughput;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All contacts of an org into PostgreSQL and into CSV, by each rival in turn, round after round, each time in a new process and into an
 * empty target: records a second, and what is alive in the heap at the most for a tenth of the contacts and for all.
 */
public final class Throughput {

    private static final List<Rival> LOADERS =
            List.of(Rival.TRUNKLINE, Rival.TRUNKLINE_ONE_THREAD, Rival.BY_HAND, Rival.CAMEL);

    private static final int SMALLER = 10;

    private record Took(double seconds, double busy) {}

    private final int records;
    private final String target;
    private final List<String> orgs;
    private final Map<Rival, List<Took>> took = new EnumMap<>(Rival.class);

    private Throughput(int records, String target, List<String> orgs) {
        this.records = records;
        this.target = target;
        this.orgs = orgs;
    }

    /** Takes the number of contacts, that of rounds (with none, heaps alone are measured), the target or {@code both}, and more properties for the database's driver. */
    public static void main(String[] args) throws Exception {
        int records = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        Process server = java(List.of(), "ContactServer", String.valueOf(records / SMALLER), String.valueOf(records));
        try {
            BufferedReader ports = output(server);
            List<String> orgs = List.of(ports.readLine(), ports.readLine());
            if (!args[2].equals("csv")) {
                table(records, orgs, args.length > 3 ? "&" + args[3] : "", rounds);
            }
            if (!args[2].equals("postgresql")) {
                file(records, orgs, rounds);
            }
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    private static void table(int records, List<String> orgs, String properties, int rounds) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            Machine.print(Machine.database(ContactTable.of(url).database(), properties));
            new Throughput(records, url + properties, orgs).run(rounds);
        }
    }

    private static void file(int records, List<String> orgs, int rounds) throws IOException {
        Path folder = Files.createTempDirectory("contacts");
        try {
            Machine.print("CSV");
            new Throughput(records, folder.toString(), orgs).run(rounds);
        } finally {
            new ContactFile(folder).renew();
            Files.delete(folder);
        }
    }

    private void run(int rounds) throws IOException {
        if (rounds > 0) {
            race(rounds);
        }
        heaps();
    }

    private void race(int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            for (Rival rival : Rival.values()) {
                Took one = load(List.of("-Xmx512m"), rival, orgs.get(1));
                took.computeIfAbsent(rival, key -> new ArrayList<>()).add(one);
                System.err.printf(Locale.ROOT, "round %d: %s %s%n", round + 1, rival, one);
            }
        }
        for (Rival rival : Rival.values()) {
            double seconds = median(rival, Took::seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f records a second (%.1f s, of which %.1f s on a processor), median of %d%n",
                    rival,
                    records / seconds,
                    seconds,
                    median(rival, Took::busy),
                    rounds);
        }
        for (Rival own : List.of(Rival.TRUNKLINE, Rival.TRUNKLINE_ONE_THREAD)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f times as fast as by hand, %.2f times as Camel, %.2f times as Camel doing the same job,"
                            + " medians of the ratios of rounds%n",
                    own,
                    ratio(own, Rival.BY_HAND),
                    ratio(own, Rival.CAMEL),
                    ratio(own, Rival.CAMEL_SAME_JOB));
        }
    }

    /** The smaller load as often as it takes to be as long as the larger: the most of more samples is more, whatever is measured. */
    private void heaps() throws IOException {
        for (Rival rival : LOADERS) {
            double small = heap(rival, orgs.get(0), SMALLER);
            double large = heap(rival, orgs.get(1), 1);
            System.out.printf(
                    Locale.ROOT,
                    "%s: alive in the heap at most %.1f MB of %,d, %.1f MB of %,d: %.3f%n",
                    rival,
                    small,
                    records / SMALLER,
                    large,
                    records,
                    large / small);
        }
    }

    private double heap(Rival rival, String org, int times) throws IOException {
        return load(List.of("-Xmx512m", "-XX:+UseSerialGC"), rival, org, String.valueOf(times))
                .seconds();
    }

    private double ratio(Rival own, Rival other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < took.get(other).size(); round++) {
            ratios.add(took.get(other).get(round).seconds()
                    / took.get(own).get(round).seconds());
        }
        return median(ratios);
    }

    private double median(Rival rival, ToDoubleFunction<Took> what) {
        return median(took.get(rival).stream().mapToDouble(what).boxed().toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private Took load(List<String> options, Rival rival, String... how) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(rival.name(), target));
        arguments.addAll(List.of(how));
        Process process = java(options, "Load", arguments.toArray(String[]::new));
        String line = output(process).readLine();
        if (line == null) {
            throw new IOException(rival + " has failed; see above");
        }
        String[] numbers = line.split(" ", -1);
        return new Took(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }

    private static Process java(List<String> options, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dsun.net.httpserver.nodelay=true",
                // The tests' own logger keeps every line: of Camel's client that is all that it has read.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Throughput.class.getPackageName() + "." + main);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
