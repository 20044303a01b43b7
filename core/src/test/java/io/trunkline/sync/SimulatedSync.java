package io.trunkline.sync;

import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.Capability;
import io.trunkline.resilience.Clocks;
import io.trunkline.simulation.Chances;
import io.trunkline.simulation.Crash;
import io.trunkline.simulation.Fault;
import io.trunkline.simulation.ShakyStore;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes that share a store and run one job from a platform into a target, and everything that can go wrong between
 * them, step by step in one thread. Which mode the job has, and whether its target keeps cursors, is up to the seed.
 */
final class SimulatedSync {

    /** What a wrong library, target or platform would do, to see that it is noticed. */
    enum Mistake {
        NONE,
        TAKES_STALE_WRITES,
        COMMITS_THE_CURSOR_FIRST,
        FORGETS_EQUAL_TIMES,
        DROPS_POISON
    }

    static final String JOB = "contacts";
    private static final int MOST_NESTED = 2;
    private static final int BATCH = 3;

    final SyncMode mode;
    final SimulatedSource source;
    final SimulatedTarget target;
    final Store store;
    private final Chances chances;
    private final Mistake mistake;
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final List<Node> nodes = new ArrayList<>();
    private final List<SyncReport> reports = new ArrayList<>();
    private int nested;

    SimulatedSync(long seed, Mistake mistake) {
        this.chances = new Chances(seed);
        this.mistake = mistake;
        this.mode = chances.below(2) == 0 ? SyncMode.FULL : SyncMode.INCREMENTAL;
        this.source = new SimulatedSource(chances);
        this.target = new SimulatedTarget(chances, mistake, source::longThere);
        this.store = Store.inMemory(time);
        nodes.add(new Node(0));
        nodes.add(new Node(1));
    }

    Chances chances() {
        return chances;
    }

    /** Every report that a run has given. */
    List<SyncReport> reports() {
        return reports;
    }

    /** Lets something happen. */
    void step() {
        clock.advance(Duration.ofMillis(chances.below(3000)));
        act(chances.below(nodes.size()));
    }

    /** Runs the job without any further fault: what an interrupted run has left, and once more from there. */
    SyncReport settle() {
        chances.calm();
        clock.advance(Duration.ofHours(1));
        Node node = new Node(0);
        node.runner.resume(JOB);
        node.run();
        SyncReport whole = node.run();
        SyncReport nothing = node.run();
        return whole.state() == State.COMPLETED ? nothing : whole;
    }

    /** What is put aside, by id. */
    Map<String, Change> dead() {
        Map<String, Change> dead = new LinkedHashMap<>();
        nodes.get(0)
                .plain()
                .dead(JOB, 100)
                .forEach(each -> dead.put(each.record().ref().id(), each.record()));
        return dead;
    }

    private void act(int number) {
        Node node = nodes.get(number);
        node.does(() -> {
            switch (chances.below(40)) {
                case 0 -> node.runner.restart(JOB);
                case 1 -> node.runner.pause(JOB);
                case 2, 3, 4 -> node.runner.resume(JOB);
                case 5, 6, 7 -> node.replay("r" + chances.below(4));
                case 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 -> node.run();
                default -> source.change(clock.now());
            }
        });
    }

    /** One life of one process. */
    final class Node {

        final ShakyStore view;
        final SyncRunner runner;
        private final int number;

        Node(int number) {
            this.number = number;
            this.view = new ShakyStore(store, chances, this::meanwhile);
            this.runner = new SyncRunner(view, time);
        }

        /** Time leaps, so that the other node may take over, or that one does something else. */
        void meanwhile() {
            if (nested < MOST_NESTED) {
                nested++;
                if (chances.strikes(Fault.TIME_LEAPS)) {
                    clock.advance(Duration.ofSeconds(chances.below(1200)));
                    overtaken();
                }
                if (chances.strikes(Fault.OTHER_NODE)) {
                    act(1 - number);
                }
                nested--;
            }
        }

        private void overtaken() {
            if (chances.below(2) == 0) {
                source.change(clock.now());
                clock.advance(Duration.ofSeconds(5));
                Node other = nodes.get(1 - number);
                other.does(other::run);
            }
        }

        void does(Runnable work) {
            try {
                work.run();
            } catch (Crash e) {
                nodes.set(number, new Node(number));
            } catch (StoreException e) {
                // Whoever asked for it asks again.
            }
        }

        SyncReport run() {
            SyncReport report = runner.run(job(false));
            reports.add(report);
            return report;
        }

        /** By somebody who has mended transform and target. */
        void replay(String id) {
            try {
                runner.replay(job(true), id);
            } catch (IllegalStateException e) {
                // The job is running, or the target is down.
            }
        }

        SyncRunner plain() {
            return new SyncRunner(store, time);
        }

        private SyncJob job(boolean lenient) {
            return SyncJob.named(JOB)
                    .from(new Feed(this), SimulatedSource.TYPE)
                    .mode(mode)
                    .batch(BATCH)
                    .transform(record -> transformed(record, lenient))
                    .into(() -> target.sink(this, lenient));
        }
    }

    /** Renames a field, so that doing it twice would be noticed. */
    private Optional<Change> transformed(Change record, boolean lenient) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(record.fields());
        if (!fields.isEmpty()) {
            fields.put("number", Optional.ofNullable(fields.remove("version")).orElseThrow());
        }
        if (!record.deleted() && !lenient && "transform".equals(fields.get(SimulatedSource.POISON))) {
            if (mistake == Mistake.DROPS_POISON) {
                return Optional.empty();
            }
            throw new PoisonException("not today");
        }
        return Optional.of(new Change(record.ref(), record.deleted(), record.changedAt(), fields));
    }

    /** The platform as one node reads it. */
    private final class Feed implements ChangeFeed {

        private final Node node;

        Feed(Node node) {
            this.node = node;
        }

        @Override
        public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
            node.view.mayEnd(Fault.CRASH_BEFORE);
            if (chances.strikes(Fault.FEED_FAILS)) {
                throw new IllegalStateException("the platform is down");
            }
            if (chances.strikes(Fault.FEED_SHIFTS)) {
                source.change(clock.now());
            }
            ChangePage page = page(from, limit);
            node.meanwhile();
            node.view.mayEnd(Fault.CRASH_AFTER);
            return page;
        }

        private ChangePage page(Optional<SyncCursor> from, int limit) {
            if (mode == SyncMode.FULL) {
                return source.byId(from, limit);
            }
            return mistake == Mistake.FORGETS_EQUAL_TIMES
                    ? source.afterTime(from, limit, clock.now())
                    : source.byTime(from, limit, clock.now());
        }

        @Override
        public Set<String> types() {
            return Set.of(SimulatedSource.TYPE);
        }

        @Override
        public String connection() {
            return "crm";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(READ, DELETIONS);
        }

        @Override
        public ChangeFeed with(CallOptions options) {
            return this;
        }
    }
}
