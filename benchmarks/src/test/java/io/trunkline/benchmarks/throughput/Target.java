package io.trunkline.benchmarks.throughput;

import io.trunkline.sync.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.model.ProcessorDefinition;

/** Where the contacts are brought, and how each rival writes them there. */
interface Target {

    /** Columns of texts, beside id, time of change and {@code CreatedDate}. */
    List<String> TEXTS = List.of(
            "Name",
            "FirstName",
            "LastName",
            "Phone",
            "MobilePhone",
            "HomePhone",
            "OtherPhone",
            "Fax",
            "Email",
            "AccountId",
            "OwnerId");

    /** Takes page after page from a loop by hand. */
    interface Pages extends AutoCloseable {
        void write(List<HandWrittenLoader.Contact> page) throws IOException, SQLException;

        @Override
        void close() throws IOException, SQLException;
    }

    /** The target that a text names: a table by its database's address, or files by their folder. */
    static Target of(String place) {
        return place.startsWith("jdbc:") ? ContactTable.of(place) : new ContactFile(Path.of(place));
    }

    /** Makes it empty. */
    void renew() throws IOException, SQLException;

    /** How many rows there are and a sum over all that they hold. */
    String content() throws IOException, SQLException;

    /** The library's own. */
    Supplier<Sink> sink();

    /** By hand. */
    Pages pages() throws IOException, SQLException;

    /** The rest of Camel's route, which takes a page as a list of maps; it may be forced to the disk before the route goes on. */
    ProcessorDefinition<?> route(ProcessorDefinition<?> page, boolean forced);

    /** Makes what was written by hand or by Camel safe, and gives it its name. */
    void finish() throws IOException;
}
