package io.trunkline.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import okhttp3.OkHttp;
import org.apache.camel.impl.DefaultCamelContext;

/** What the figures were measured on and with. */
final class Machine {

    private Machine() {}

    static void print(DataSource database, String properties) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            System.out.printf(
                    "%d processors (%s), Java %s, PostgreSQL %s (fsync on), driver %s%s, OkHttp %s, Camel %s%n",
                    Runtime.getRuntime().availableProcessors(),
                    processor(),
                    Runtime.version(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    connection.getMetaData().getDriverVersion(),
                    properties,
                    OkHttp.VERSION,
                    camel.getVersion());
        }
    }

    private static String processor() throws IOException {
        Path known = Path.of("/proc/cpuinfo");
        if (!Files.exists(known)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(known)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
