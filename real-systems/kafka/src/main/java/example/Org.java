package example;

import io.trunkline.testkit.platforms.FakeSalesforce;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A platform with records of three types, which are changed and deleted while they are read. */
final class Org implements AutoCloseable {

    static final Map<String, String> NAMES = Map.of("Contact", "LastName", "Account", "Name", "Case", "Subject");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");

    private final FakeSalesforce org = new FakeSalesforce();
    private final Random random;

    Org(int recordsOfAType, long seed) {
        this.random = new Random(seed);
        NAMES.forEach((type, name) -> {
            for (int i = 0; i < recordsOfAType; i++) {
                org.row(type, Map.of(name, type + " " + i));
            }
        });
        org.now(org.now().plusSeconds(1));
    }

    String address() {
        return org.platform().uri().toString();
    }

    /** All rows of a type, deleted ones among them. */
    List<Map<String, Object>> rows(String type) {
        return org.all(type);
    }

    /** Changes one record, or deletes it one time of four, at a time of its own. */
    void change(int number) {
        String type = List.copyOf(NAMES.keySet()).get(random.nextInt(NAMES.size()));
        List<Map<String, Object>> rows = org.all(type);
        Map<String, Object> row = rows.get(random.nextInt(rows.size()));
        org.now(org.now().plusSeconds(1));
        if (random.nextInt(4) == 0) {
            row.put("IsDeleted", true);
        } else {
            row.put(NAMES.get(type), "changed " + number);
        }
        row.put("SystemModstamp", TIME.format(org.now().atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void close() {
        org.close();
    }
}
