package example;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Kills a server at random times, with kill -9, and starts it again, until it is told to stop or has killed enough. */
final class Killer implements AutoCloseable {

    private final DeskServer server;
    private final Random random;
    private final int mostKills;
    private final int longestLifeMillis;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::kill, "killer");
    private volatile int kills;
    private volatile RuntimeException failure;

    private Killer(DeskServer server, long seed, int longestLifeMillis, int mostKills) {
        this.mostKills = mostKills;
        this.server = server;
        this.random = new Random(seed);
        this.longestLifeMillis = longestLifeMillis;
    }

    /**
     * Begins killing.
     *
     * @param seed of the times between kills
     * @param longestLifeMillis the server lives between a tenth of it and all of it
     * @param mostKills after which it is left alone
     */
    static Killer of(DeskServer server, long seed, int longestLifeMillis, int mostKills) {
        Killer killer = new Killer(server, seed, longestLifeMillis, mostKills);
        killer.thread.setDaemon(true);
        killer.thread.start();
        return killer;
    }

    int kills() {
        return kills;
    }

    /** Stops; the server runs afterwards. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void kill() {
        try {
            while (kills < mostKills
                    && !over.await(
                            longestLifeMillis / 10 + random.nextInt(longestLifeMillis * 9 / 10),
                            TimeUnit.MILLISECONDS)) {
                server.kill();
                kills++;
                server.start();
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            failure = new IllegalStateException(e);
        }
    }
}
