package io.trunkline.store;

import io.trunkline.error.SecurityPolicyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through all rows of a store's tables, to seal what is readable or to seal again what an older key has sealed. */
final class SealedRows {

    private static final String ANY = "SELECT 1 FROM trunkline_values UNION ALL SELECT 1 FROM trunkline_queue"
            + " UNION ALL SELECT 1 FROM trunkline_leases";

    private final JdbcStore store;
    private final Seal seal;
    private int unreadable;

    SealedRows(JdbcStore store, Seal seal) {
        this.store = store;
        this.seal = seal;
    }

    /** Whether there is anything in the tables. */
    static boolean anyIn(JdbcStore store) {
        return store.session().run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(ANY)) {
                return rows.next();
            }
        });
    }

    /** Seals what is readable, all or nothing, and sees to it that nothing readable is left behind in the file. */
    void sealAll() {
        store.session().run(connection -> {
            JdbcSession within = JdbcSession.within(connection);
            StoreWalk walk = new StoreWalk(within);
            walk.values(this::sealed);
            walk.items(this::sealed);
            leases(connection);
            return true;
        });
        store.session().outside(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String cleaning : store.dialect().cleaning()) {
                    statement.execute(cleaning);
                }
            }
            return true;
        });
    }

    /** Seals all again, page by page; returns how many entries could not be opened. */
    int resealAll() {
        StoreWalk walk = new StoreWalk(store.session());
        walk.values(this::resealed);
        walk.items(this::resealed);
        return unreadable;
    }

    private StoreWalk.@Nullable Value sealed(StoreWalk.Value row) {
        if (row.space().equals(Seal.SPACE) || Seal.isHidden(row.name())) {
            return null;
        }
        String hidden = seal.hidden(SealedValues.KIND, row.space(), row.name());
        byte[] content = seal.seal(new Seal.Named(row.name(), row.content()), SealedValues.KIND, row.space(), hidden);
        return new StoreWalk.Value(row.space(), hidden, content, row.version());
    }

    private StoreWalk.@Nullable Value resealed(StoreWalk.Value row) {
        if (row.space().equals(Seal.SPACE)) {
            return null;
        }
        try {
            Seal.Named plain = seal.open(row.content(), SealedValues.KIND, row.space(), row.name());
            byte[] content = seal.seal(plain, SealedValues.KIND, row.space(), row.name());
            return new StoreWalk.Value(row.space(), row.name(), content, row.version());
        } catch (SecurityPolicyException e) {
            unreadable++;
            return null;
        }
    }

    private StoreWalk.@Nullable Item sealed(StoreWalk.Item row) {
        if (Seal.isHidden(row.entity())) {
            return null;
        }
        String queue = row.queue();
        String hidden = seal.hidden(SealedQueue.ENTITY, queue, row.entity());
        String once = row.once() == null ? null : seal.hidden(SealedQueue.ONCE, queue, row.once());
        byte[] payload = seal.seal(new Seal.Named(row.entity(), row.payload()), SealedQueue.ITEM, queue, hidden);
        String reason = seal.sealReason(row.reason(), SealedQueue.REASON, queue, hidden);
        return new StoreWalk.Item(row.id(), queue, hidden, payload, reason, once);
    }

    private StoreWalk.@Nullable Item resealed(StoreWalk.Item row) {
        String queue = row.queue();
        String entity = row.entity();
        try {
            Seal.Named plain = seal.open(row.payload(), SealedQueue.ITEM, queue, entity);
            String reason = seal.openReason(row.reason(), SealedQueue.REASON, queue, entity);
            return new StoreWalk.Item(
                    row.id(),
                    queue,
                    entity,
                    seal.seal(plain, SealedQueue.ITEM, queue, entity),
                    seal.sealReason(reason, SealedQueue.REASON, queue, entity),
                    row.once());
        } catch (SecurityPolicyException e) {
            unreadable++;
            return null;
        }
    }

    /** Leases are renamed and not removed: their numbers must go on rising. */
    private void leases(Connection connection) throws SQLException {
        List<String> names = StoreWalk.texts(connection, "SELECT name FROM trunkline_leases");
        try (PreparedStatement rename =
                connection.prepareStatement("UPDATE trunkline_leases SET name = ? WHERE name = ?")) {
            for (String name : names) {
                if (!Seal.isHidden(name)) {
                    rename.setString(1, seal.hidden(SealedStore.LEASE, "", name));
                    rename.setString(2, name);
                    rename.executeUpdate();
                }
            }
        }
    }
}
