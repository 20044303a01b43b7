package io.trunkline.operator;

import io.trunkline.auth.Macs;
import io.trunkline.privacy.Masking;
import io.trunkline.sync.DeadRecord;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a synchronisation has put aside. A record is named by a short digest, because its own id may be somebody's number
 * or address; whoever knows that may give it too.
 */
final class DeadRecordPlace implements Place {

    static final String PREFIX = "sync-dead.";

    /** More than a run may put aside, but for very large ones. */
    static final int MOST = 1000;

    private static final int SHORT = 4;

    private final SyncRunner runner;
    private final String job;
    private final TimeSource time;

    DeadRecordPlace(SyncRunner runner, String job, TimeSource time) {
        this.runner = runner;
        this.job = job;
        this.time = time;
    }

    @Override
    public Backlog backlog() {
        int dead = runner.dead(job, MOST).size();
        return new Backlog(PREFIX + job, "records put aside by synchronisation " + job, 0, 0, dead, null);
    }

    @Override
    public Page<BacklogItem> pending(Optional<String> cursor, int limit) {
        return Page.last(List.of());
    }

    @Override
    public Page<BacklogItem> dead(Optional<String> cursor, int limit) {
        int from = cursor.map(Integer::parseInt).orElse(0);
        List<DeadRecord> all = runner.dead(job, from + limit + 1);
        List<BacklogItem> items =
                all.stream().skip(from).limit(limit).map(this::item).toList();
        return new Page<>(items, all.size() > from + limit ? Integer.toString(from + limit) : null);
    }

    @Override
    public Optional<ItemDetail> show(String id) {
        return find(id).map(entry ->
                new ItemDetail(item(entry), MaskedContent.lines(entry.record().fields())));
    }

    /** What lies aside does not wait for a next try. */
    @Override
    public boolean retry(String id) {
        return false;
    }

    @Override
    public boolean replay(String id) {
        return find(id).filter(entry -> runner.replayInNextRun(job, recordId(entry)))
                .isPresent();
    }

    @Override
    public boolean drop(String id) {
        return find(id).filter(entry -> runner.drop(job, recordId(entry))).isPresent();
    }

    private Optional<DeadRecord> find(String id) {
        Predicate<DeadRecord> named =
                entry -> recordId(entry).equals(id) || handle(entry).equals(id);
        List<DeadRecord> found =
                runner.dead(job, Integer.MAX_VALUE).stream().filter(named).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private BacklogItem item(DeadRecord entry) {
        return new BacklogItem(
                PREFIX + job,
                handle(entry),
                ItemState.DEAD,
                entry.record().ref().connection() + "/" + entry.record().ref().type() + "/"
                        + MaskedContent.path(recordId(entry)),
                1,
                Duration.between(entry.at(), time.now()),
                null,
                Masking.mask(entry.reason()));
    }

    private static String recordId(DeadRecord entry) {
        return entry.record().ref().id();
    }

    private static String handle(DeadRecord entry) {
        byte[] digest = Macs.digest("SHA-256", recordId(entry).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, SHORT);
    }
}
