package example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Tickets put straight into the server's database: thousands at one instant, which its API cannot make. */
final class TicketRows {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int NOBODY = 6;
    private static final int QUEUE = 3;

    private final String url;
    private int next = 100_000;

    TicketRows(String url) {
        this.url = url;
    }

    void clear() {
        run("DELETE FROM Tickets");
        run("DELETE FROM Transactions WHERE ObjectType = 'RT::Ticket'");
        // The database gives numbers again, and whatever still hangs on one would belong to the next ticket.
        run("DELETE FROM Attachments");
        run("DELETE FROM ObjectCustomFieldValues WHERE ObjectType = 'RT::Ticket'");
        run("DELETE FROM Groups WHERE Domain = 'RT::Ticket-Role'");
    }

    /** Numbers are never used again, because the server remembers what it has read. */
    List<String> enter(int records, Instant changedAt) {
        List<String> ids = new ArrayList<>();
        String sql = "INSERT INTO Tickets (id, EffectiveId, Queue, Type, Subject, Status, Owner, Creator, LastUpdatedBy,"
                + " Created, LastUpdated, InitialPriority, FinalPriority, Priority)"
                + " VALUES (?, ?, " + QUEUE + ", 'ticket', ?, 'new', " + NOBODY + ", 1, 1, ?, ?, 0, 0, 0)";
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < records; i++) {
                int id = next++;
                insert.setInt(1, id);
                insert.setInt(2, id);
                insert.setString(3, "t" + id);
                insert.setString(4, TIME.format(changedAt));
                insert.setString(5, TIME.format(changedAt));
                insert.addBatch();
                ids.add(String.valueOf(id));
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    /** Puts a ticket's last change, and what it consists of, to an instant. */
    void changedAt(String id, Instant at) {
        String time = TIME.format(at);
        run("UPDATE Tickets SET LastUpdated = '" + time + "' WHERE id = " + id);
        run("UPDATE Transactions SET Created = '" + time + "' WHERE ObjectType = 'RT::Ticket' AND ObjectId = " + id);
    }

    /** Takes addresses and numbers away from all contacts that were made here. */
    void forgetPeople() {
        String made = "Name LIKE 'contact-%' OR Name LIKE 'typed-%'";
        run("UPDATE Users SET EmailAddress = 'freed' || id || '@example.test', MobilePhone = '', WorkPhone = '',"
                + " HomePhone = '', PagerPhone = '' WHERE " + made);
        run("DELETE FROM ObjectCustomFieldValues WHERE ObjectType = 'RT::User'");
    }

    /** How many tickets there are. */
    static int count(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM Tickets")) {
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
