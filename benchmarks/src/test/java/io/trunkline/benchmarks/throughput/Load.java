package io.trunkline.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** One rival in a process of its own: loads, after a smaller load to warm up, and prints what it took. */
final class Load {

    private static final int SAMPLE_MILLIS = 200;

    private Load() {}

    /** Takes rival, database, address of the org, and either that of a smaller one or {@code heap}. */
    public static void main(String[] args) throws Exception {
        Rival rival = Rival.valueOf(args[0]);
        DataSource database = ContactTable.database(args[1]);
        URI org = URI.create(args[2]);
        if (args[3].equals("heap")) {
            System.out.println(heap(rival, org, database));
        } else {
            time(rival, URI.create(args[3]), database);
            System.out.println(time(rival, org, database));
        }
        System.exit(0);
    }

    /** Seconds by the clock, and of this process on processors. */
    private static String time(Rival rival, URI org, DataSource database) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ContactTable.renew(database);
        try (Loader loader = rival.open(org, database)) {
            long busy = process.getProcessCpuTime();
            long start = System.nanoTime();
            loader.load();
            double seconds = (System.nanoTime() - start) / 1e9;
            return String.format(Locale.ROOT, "%.3f %.3f", seconds, (process.getProcessCpuTime() - busy) / 1e9);
        }
    }

    /** The most that was alive right after a collection, in megabytes, of collections forced five times a second. */
    private static String heap(Rival rival, URI org, DataSource database) throws Exception {
        ContactTable.renew(database);
        AtomicLong most = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        Thread sampler = new Thread(() -> sample(most, done));
        try (Loader loader = rival.open(org, database)) {
            sampler.start();
            loader.load();
        }
        done.countDown();
        sampler.join();
        return String.format(Locale.ROOT, "%.2f 0", most.get() / 1e6);
    }

    private static void sample(AtomicLong most, CountDownLatch done) {
        try {
            do {
                System.gc();
                most.accumulateAndGet(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
            } while (!done.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
