package io.trunkline.proofs;

import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that commits one number after the other and says so after each, until it is killed. */
final class CommitMain {

    static final String TABLE = "CREATE TABLE IF NOT EXISTS commits (number INTEGER PRIMARY KEY)";
    static final String SPACE = "commits";

    private CommitMain() {}

    /** Takes where to commit: the address of a database, or a file for a store of the library's. */
    public static void main(String[] args) throws SQLException {
        if (args[0].startsWith("jdbc:")) {
            database(args[0]);
        } else {
            store(Path.of(args[0]));
        }
    }

    private static void database(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO commits VALUES (?)")) {
                for (int number = 0; told(number); number++) {
                    insert.setInt(1, number);
                    insert.executeUpdate();
                    connection.commit();
                }
            }
        }
    }

    private static void store(Path file) {
        try (Store store = JdbcStore.sqlite(file, TimeSource.system())) {
            for (int number = 0; told(number); number++) {
                store.values(SPACE).put(String.valueOf(number), new byte[1], Values.ABSENT, null);
            }
        }
    }

    /** Says how many are committed; false if nobody listens any more. */
    private static boolean told(int committed) {
        System.out.println(committed);
        return !System.out.checkError();
    }
}
