package io.trunkline.crm.synced;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.crm.Phone;
import io.trunkline.crm.lookup.CallerLookup;
import io.trunkline.crm.lookup.CallerMatches;
import io.trunkline.error.RetryLaterException;
import io.trunkline.error.UnsupportedCapabilityException;
import io.trunkline.store.BlindIndex;
import io.trunkline.store.DataCipher;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.table.SearchForm;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** Who is calling, answered from an encrypted table, in each database that runs inside a test. */
@Timeout(60)
final class SyncedContactsTest {

    enum Database {
        SQLITE,
        H2
    }

    private static final Instant T1 = Instant.parse("2026-03-01T08:00:00Z");
    private static final Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+13175550125");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Database.class)
    void findByPhone_storedInAnyForm_findsTheContact(Database kind) {
        TableSink.Builder table = table(database(kind));
        int row = 0;
        for (PhoneForm form : PhoneForm.values()) {
            write(table, record("p" + row++, T1, Map.of("phone", NUMBER.in(form))));
        }
        write(table, record("x1", T1, Map.of("mobile", "+1 317 555 0125 ext. 7")));
        write(table, record("other", T1, Map.of("phone", "+13175550126", "mobile", "+13175550127")));
        try (Trunkline trunkline = open(table)) {
            Match<Contact> match = trunkline.client(Contacts.class, "customers").findByPhone(NUMBER);

            assertInstanceOf(Match.Many.class, match);
            assertEquals(PhoneForm.values().length + 1, match.all().size());
            match.all()
                    .forEach(contact -> assertTrue(
                            contact.phones().stream()
                                    .anyMatch(phone -> phone.stored().contains("0125")
                                            || phone.number()
                                                    .filter(NUMBER::equals)
                                                    .isPresent()),
                            "row " + contact.ref().id()));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void findByEmailAndGet_aSynchronisedRecord_giveTheWholeContact(Database kind) {
        TableSink.Builder table = table(database(kind));
        String email = Canary.email();
        String phone = Canary.phone();
        write(table, record("1", T1, Map.of("given", "Jane", "family", "Doe", "phone", phone, "email", email)));
        write(table, record("2", T1, Map.of("email", Canary.email())));
        try (Trunkline trunkline = open(table)) {
            Contacts contacts = trunkline.client(Contacts.class, "customers");

            Contact found =
                    contacts.findByEmail(email.toUpperCase(Locale.ROOT)).all().get(0);

            assertEquals(RecordRef.of("crm", "Contact", "1"), found.ref());
            assertEquals("Jane Doe", found.name());
            assertEquals(List.of(email), found.emails());
            assertEquals(
                    PhoneNumber.parse(phone), found.phones().get(0).number().orElseThrow());
            assertEquals(Phone.Type.WORK, found.phones().get(0).type().known().orElseThrow());
            assertEquals(T1, found.info().updatedAt().orElseThrow());
            assertEquals(found, contacts.get(found.ref()).orElseThrow());
            assertTrue(contacts.get(RecordRef.of("crm", "Contact", "9")).isEmpty());
            assertTrue(contacts.get(RecordRef.of("other", "Contact", "1")).isEmpty());
            assertInstanceOf(Match.None.class, contacts.findByPhone(NUMBER));
            Leaks.printed(found);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void callerLookup_overTheTable_answersWhoCalls(Database kind) {
        TableSink.Builder table = table(database(kind));
        write(table, record("1", T1, Map.of("given", "Jane", "phone", "(317) 555-0125")));
        try (Trunkline trunkline = open(table)) {
            CallerMatches matches = CallerLookup.over(trunkline).find(NUMBER, Duration.ofSeconds(20));

            assertEquals("Jane", matches.contacts().get(0).name());
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void lookUps_thatCannotBe_areTypedErrors(Database kind) throws SQLException {
        DataSource database = database(kind);
        TableSink.Builder table = table(database);
        write(table, record("1", T1, Map.of("phone", "+13175550125")));
        assertThrows(
                IllegalArgumentException.class,
                () -> SyncedTable.of(table.rows(), "crm", "Contact").email("given"));
        try (Trunkline trunkline = open(table);
                Trunkline phonesOnly = Trunkline.builder()
                        .connect(
                                "customers",
                                SyncedTable.of(table.rows(), "crm", "Contact")
                                        .phone("phone", Phone.Type.WORK)
                                        .setup())
                        .build()) {
            Contacts contacts = trunkline.client(Contacts.class, "customers");
            assertThrows(
                    UnsupportedCapabilityException.class,
                    () -> contacts.create(ContactDraft.named("Doe").build()));
            Contacts byPhone = phonesOnly.client(Contacts.class, "customers");
            assertFalse(byPhone.can(Contacts.FIND_BY_EMAIL));
            assertThrows(UnsupportedCapabilityException.class, () -> byPhone.findByEmail("a@example.test"));
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE customers");
            }

            Leaks.saw(assertThrows(RetryLaterException.class, () -> contacts.findByPhone(NUMBER)));
        }
    }

    private static Trunkline open(TableSink.Builder table) {
        return Trunkline.builder()
                .connect(
                        "customers",
                        SyncedTable.of(table.rows(), "crm", "Contact")
                                .names("given", "family")
                                .phone("phone", Phone.Type.WORK)
                                .phone("mobile", Phone.Type.MOBILE)
                                .email("email")
                                .region("US")
                                .setup())
                .build();
    }

    private static TableSink.Builder table(DataSource pool) {
        return TableSink.of(pool, "customers")
                .encryption(DataCipher.aesGcm(KEY), BlindIndex.hmac(List.of(KEY)))
                .text("given")
                .text("family")
                .searchable("phone", SearchForm.phone("US"))
                .searchable("mobile", SearchForm.phone("US"))
                .searchable("email", SearchForm.email());
    }

    private static void write(TableSink.Builder table, Change record) {
        try (Sink sink = table.build().get()) {
            sink.open(new SinkStream("s", "Contact", 1));
            sink.write(new SinkBatch("s", List.of(record), new SyncCursor("c"), 1));
        }
    }

    private static Change record(String id, Instant at, Map<String, Object> fields) {
        return new Change(RecordRef.of("crm", "Contact", id), false, at, Map.copyOf(fields));
    }

    private DataSource database(Database kind) {
        if (kind == Database.SQLITE) {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + folder.resolve("customers.db"));
            return source;
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("customers") + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        return source;
    }
}
