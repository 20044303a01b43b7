package io.trunkline.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One rival in a process of its own: loads once to warm up and once more, and prints what that took. */
final class Load {

    private static final int SAMPLE_MILLIS = 100;

    private Load() {}

    /** Takes rival, target and address of the org; and, if it shall look at its heap, how often to load. */
    public static void main(String[] args) throws Exception {
        Rival rival = Rival.valueOf(args[0]);
        Target target = Target.of(args[1]);
        URI org = URI.create(args[2]);
        if (args.length > 3) {
            System.out.println(heap(rival, org, target, Integer.parseInt(args[3])));
        } else {
            time(rival, org, target);
            System.out.println(time(rival, org, target));
        }
        System.exit(0);
    }

    /** Seconds by the clock, and of this process on processors. */
    private static String time(Rival rival, URI org, Target target) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        target.renew();
        try (Loader loader = rival.open(org, target)) {
            long busy = process.getProcessCpuTime();
            long start = System.nanoTime();
            loader.load();
            double seconds = (System.nanoTime() - start) / 1e9;
            return String.format(Locale.ROOT, "%.3f %.3f", seconds, (process.getProcessCpuTime() - busy) / 1e9);
        }
    }

    /** The most that was alive right after a collection, in megabytes, of collections forced all the while. */
    private static String heap(Rival rival, URI org, Target target, int times) throws Exception {
        AtomicLong most = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        Thread sampler = new Thread(() -> sample(most, done));
        sampler.start();
        for (int i = 0; i < times; i++) {
            target.renew();
            try (Loader loader = rival.open(org, target)) {
                loader.load();
            }
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
