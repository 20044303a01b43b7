package io.trunkline.proofs;

import io.trunkline.checks.Canary;
import io.trunkline.value.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A station that is killed again and again while webhooks and changes come in. */
final class KillRun {

    private static final long PATIENCE_MILLIS = 20_000;

    final Map<String, Integer> reached = new TreeMap<>();
    final Map<String, Integer> missed = new TreeMap<>();
    final Platform platform;
    final Senders senders;
    private final String secret = Canary.secret();
    private final Random random;
    private Station.Plan plan;
    private int atRandom;

    KillRun(String database, Path folder, long seed, int requests) throws Exception {
        this.random = new Random(seed);
        this.platform = new Platform();
        Secret key = Secret.of(secret);
        this.plan = new Station.Plan(database, folder, platform.uri(), key, Duration.ZERO, 0);
        this.senders = new Senders(new Notes(key), requests, platform::changed);
    }

    /** Kills it so many times, at each point in turn and then at random times; the last life lasts until all is sent. */
    void kill(int kills, int requests) throws Exception {
        int named = kills <= CrashPoint.ALL.size() ? kills / 2 : kills * 85 / 100;
        int first = kills <= CrashPoint.ALL.size() ? random.nextInt(CrashPoint.ALL.size()) : 0;
        for (int kill = 0; kill < kills; kill++) {
            senders.allow(requests * Senders.THREADS / kills + 1);
            String point = kill < named ? CrashPoint.ALL.get((first + kill) % CrashPoint.ALL.size()) : "";
            if (!live(point) && !point.isEmpty()) {
                missed.merge(point, 1, Integer::sum);
            }
        }
        senders.allow(requests * Senders.THREADS);
        Life last = start("");
        senders.address(last.address());
        senders.awaitDone(Duration.ofMinutes(2));
        last.endsItself(1);
        plan = plan.next();
    }

    /** What is there when all that is left has been worked off without another kill. */
    Outcome outcome() throws Exception {
        try (Senders sent = senders;
                Platform outside = platform) {
            for (int again = 0; again < 9; again++) {
                try (Station station = new Station(plan, point -> {})) {
                    station.synchronise();
                    station.drain();
                    if (again == 8
                            || station.queue()
                                    .pending(java.util.Optional.empty(), 1)
                                    .items()
                                    .isEmpty()) {
                        return Outcome.of(station, outside, sent);
                    }
                    plan = plan.next();
                }
            }
            throw new IllegalStateException("not reached");
        }
    }

    String told() {
        return reached.values().stream().mapToInt(Integer::intValue).sum() + " kills at " + reached.size()
                + " points, " + atRandom + " at random times, missed " + missed + ", "
                + senders.acknowledged.size() + " events acknowledged, " + senders.repeated + " requests sent again, "
                + platform.feed().changes() + " records";
    }

    private boolean live(String point) throws Exception {
        Life life = start(point);
        URI address = life.address();
        if (address != null) {
            senders.address(address);
        }
        boolean there = life.endsItself(point.isEmpty() ? 10 + random.nextInt(400) : PATIENCE_MILLIS);
        senders.address(null);
        if (there) {
            reached.merge(point, 1, Integer::sum);
        } else {
            atRandom++;
        }
        plan = plan.next();
        return there;
    }

    private Life start(String point) throws Exception {
        int times = 1 + random.nextInt(CrashPoint.rare(point) ? 2 : 20);
        return Life.start(
                StationMain.class,
                plan.folder(),
                secret,
                List.of(
                        plan.database(),
                        plan.folder().toString(),
                        plan.platform().toString(),
                        plan.ahead().toString(),
                        String.valueOf(plan.life()),
                        point,
                        String.valueOf(times)));
    }

    /** How often two lives have done the same outside: for each kill, how many events of the killed life came again. */
    static Map<Integer, Integer> inFlight(Map<String, List<Integer>> effects) {
        Map<Integer, Integer> byLife = new HashMap<>();
        effects.values().forEach(lives -> {
            for (int i = 0; i < lives.size() - 1; i++) {
                byLife.merge(lives.get(i), 1, Integer::sum);
            }
        });
        return byLife;
    }
}
