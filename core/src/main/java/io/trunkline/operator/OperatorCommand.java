package io.trunkline.operator;

import io.trunkline.Trunkline;
import io.trunkline.error.ConfigurationException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The operator's view as a program. It ends with 0 if all is done, 1 if something was not there or does not work, 2 if the
 * command line is wrong, 3 if the store or the settings cannot be read.
 */
public final class OperatorCommand {

    private static final String USAGE = """
            usage: java -cp ... io.trunkline.operator.OperatorCommand [options] command

              list                  everywhere that anything waits, fails or was put aside
              list QUEUE            the items of one queue, those put aside first
              show QUEUE ID         one item: its state and the form of what it holds, nobody's data
              retry QUEUE ID        tries an item that waits for its next try now
              replay QUEUE ID|all   tries what was put aside again, once; records of a synchronisation in its next run
              drop QUEUE ID         removes an item for good
              jobs                  synchronisations: last run, lag, what was put aside, whether paused
              pause JOB, resume JOB stops a synchronisation at its next page on all nodes, and lets it run again
              verify                asks each connection of the settings file whether its credential is good

              --store PLACE         a file of SQLite, or jdbc:postgresql:...; or TRUNKLINE_STORE
              --user NAME           the database's user; or TRUNKLINE_STORE_USER
                                    its password is read from TRUNKLINE_STORE_PASSWORD alone
              --settings FILE       the connections, as the library is opened with; for verify, and to tell their names
              --limit N             most items listed, 1 to 1000; 50 unless said otherwise
              --timeout SECONDS     how long each connection may take to verify; 20 unless said otherwise
            """;

    private final Surroundings around;
    private final Supplier<Trunkline.Builder> library;

    OperatorCommand(Surroundings around, Supplier<Trunkline.Builder> library) {
        this.around = around;
        this.library = library;
    }

    /** Does what the command line says and ends the process. */
    public static void main(String[] arguments) {
        Surroundings process = new Surroundings(System::getenv, TimeSource.system(), System.out, System.err);
        System.exit(new OperatorCommand(process, () -> Trunkline.builder().discover()).run(arguments));
    }

    int run(String... arguments) {
        try {
            CommandLine line = CommandLine.of(arguments);
            if (line.command().isEmpty() || line.command().equals("help")) {
                around.out().print(USAGE);
                return line.command().isEmpty() ? 2 : 0;
            }
            try (Store store = StoreAddress.open(line, around)) {
                return run(line, store);
            }
        } catch (UsageException | IllegalArgumentException e) {
            around.err().println(Masking.mask(String.valueOf(e.getMessage())));
            around.err().println("help tells what there is");
            return 2;
        } catch (StoreException | ConfigurationException e) {
            around.err().println(Masking.mask(String.valueOf(e.getMessage())));
            return 3;
        }
    }

    private int run(CommandLine line, Store store) {
        String settings = line.option("--settings").orElse("");
        if (settings.isEmpty()) {
            return run(line, new OperatorPrinter(new Operator(store, around.time()), around.out()));
        }
        // Closing the library closes the store too; closing it once more does nothing.
        try (Trunkline trunkline = library.get()
                .environment(around.environment())
                .settings(Path.of(settings))
                .store(store)
                .time(around.time())
                .build()) {
            return run(line, new OperatorPrinter(new Operator(trunkline, store, around.time()), around.out()));
        }
    }

    private int run(CommandLine line, OperatorPrinter printer) {
        return switch (line.command()) {
            case "list" ->
                line.words().size() == 1
                        ? printer.backlogs()
                        : printer.items(line.operands("QUEUE").get(0), line.number("--limit", 50));
            case "show", "retry", "replay", "drop" -> item(line, printer);
            case "jobs" -> jobs(line, printer);
            case "pause" -> printer.pause(line.operands("JOB").get(0), true);
            case "resume" -> printer.pause(line.operands("JOB").get(0), false);
            case "verify" -> verify(line, printer);
            default -> throw new UsageException("there is no such command");
        };
    }

    private static int item(CommandLine line, OperatorPrinter printer) {
        List<String> named = line.operands("QUEUE", "ID");
        return switch (line.command()) {
            case "show" -> printer.show(named.get(0), named.get(1));
            case "retry" -> printer.retry(named.get(0), named.get(1));
            case "replay" -> printer.replay(named.get(0), named.get(1));
            default -> printer.drop(named.get(0), named.get(1));
        };
    }

    private static int jobs(CommandLine line, OperatorPrinter printer) {
        line.operands();
        return printer.jobs();
    }

    private static int verify(CommandLine line, OperatorPrinter printer) {
        line.operands();
        if (line.option("--settings").isEmpty()) {
            throw new UsageException("verify needs the connections: say --settings");
        }
        return printer.verify(Duration.ofSeconds(line.number("--timeout", 20)));
    }
}
