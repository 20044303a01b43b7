package io.trunkline.sync.file;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.StoreException;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files as the target of a synchronisation. A full run writes {@code job.csv} and puts it in the place of the
 * last one when it is complete; any other run writes what has changed to a file of its own, {@code job-000000007.csv},
 * with a number that rises. One row a change: {@code id}, {@code changed_at}, {@code deleted}, and the columns named here,
 * empty if the record is gone. The last row of an id, in the order of the numbers, is how the record stands.
 *
 * <p>What can be seen is complete and never changes again; files under way, the cursor and a lock are hidden beside it,
 * their names begin with a dot. Rows and cursor agree after any interruption. If columns or form change, everything is
 * read anew. Used by one run at a time.
 */
public final class FileSink implements Sink {

    private interface Work<T> {
        T run() throws IOException;
    }

    private final FileLayout layout;
    private final Disk disk;
    private @Nullable FileWriter writer;

    FileSink(FileLayout layout, Disk disk) {
        this.layout = layout;
        this.disk = disk;
    }

    /**
     * Begins with files of comma-separated values (RFC 4180, UTF-8), for which the application adds {@code
     * de.siegmar:fastcsv}. Texts that a spreadsheet would run get an apostrophe; {@link
     * io.trunkline.mapping.FormulaGuard#original} takes it away. Null is an empty field, an empty text a pair of quotes.
     *
     * @param folder made if it is not there and the folder above it is
     */
    public static Builder csv(Path folder) {
        return new Builder(folder, FileForm.CSV);
    }

    /** Begins with files of comma-separated values as they are, for programs alone; otherwise as {@link #csv}. */
    public static Builder plainCsv(Path folder) {
        return new Builder(folder, FileForm.PLAIN_CSV);
    }

    /** Begins with files of one JSON object a line, with every column, null where there is nothing. */
    public static Builder jsonLines(Path folder) {
        return new Builder(folder, FileForm.JSON_LINES);
    }

    /** Keeps the cursor beside the rows. */
    @Override
    public boolean keepsCursors() {
        return true;
    }

    /** A full run's file replaces the last one's. */
    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        close();
        return run(() -> {
            prepare();
            FileWriter opened = FileWriter.open(disk, layout, stream);
            writer = opened;
            return opened.cursor();
        });
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        return run(() -> opened().write(batch));
    }

    @Override
    public void discard() {
        run(() -> {
            opened().discard();
            return true;
        });
    }

    @Override
    public void complete() {
        run(() -> {
            opened().complete();
            return true;
        });
    }

    @Override
    public void close() {
        FileWriter open = writer;
        writer = null;
        if (open != null) {
            run(() -> {
                open.close();
                return true;
            });
        }
    }

    private FileWriter opened() {
        FileWriter open = writer;
        if (open == null) {
            throw new IllegalStateException("the sink must be opened first");
        }
        return open;
    }

    private void prepare() throws IOException {
        try {
            if (!Files.isDirectory(layout.folder())) {
                Files.createDirectory(layout.folder());
            }
            layout.head();
        } catch (NoClassDefFoundError e) {
            throw unfit("CSV files need de.siegmar:fastcsv on the class path", null);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            throw unfit("folder " + layout.folder() + " is not there and cannot be made", e);
        }
    }

    private <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (AccessDeniedException e) {
            throw unfit("folder " + layout.folder() + " may not be written to", e);
        } catch (IOException e) {
            String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            boolean full = text.contains("no space") || text.contains("not enough space") || text.contains("quota");
            throw new StoreException(
                    full
                            ? "the target folder's disk is full; make room and run again, nothing is lost"
                            : "the target folder cannot be written: "
                                    + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static ConfigurationException unfit(String message, @Nullable Exception cause) {
        return new ConfigurationException(message, ErrorContext.of("files", "sync", ErrorKind.CONFIGURATION), cause);
    }

    /** Collects columns. */
    public static final class Builder {

        private static final int LONGEST_NAME = 200;

        private final Path folder;
        private final FileForm form;
        private final List<String> columns = new ArrayList<>(FileLayout.ALWAYS);
        private boolean gzip;

        private Builder(Path folder, FileForm form) {
            this.folder = folder;
            this.form = form;
        }

        /** Adds columns, named as the record's fields, in this order. */
        public Builder columns(String... names) {
            columns.addAll(List.of(names));
            return this;
        }

        /** Compresses the files. */
        public Builder gzip() {
            this.gzip = true;
            return this;
        }

        /**
         * What opens the sink for each run.
         *
         * @throws IllegalArgumentException if two columns have one name, or a name is blank, longer than 200 characters
         *     or more than one line
         */
        public Supplier<Sink> build() {
            FileLayout layout = layout();
            return () -> new FileSink(layout, Disk.REAL);
        }

        FileLayout layout() {
            Set<String> seen = new HashSet<>();
            for (String name : columns) {
                if (name.isBlank()
                        || name.length() > LONGEST_NAME
                        || name.chars().anyMatch(Character::isISOControl)) {
                    throw new IllegalArgumentException("a column must have a name of 1 to 200 characters on one line");
                }
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("column " + name + " is there already");
                }
            }
            return new FileLayout(folder, form, gzip, List.copyOf(columns));
        }
    }
}
