package io.trunkline.proofs;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;

/** A station as a process of its own, which ends by being killed: by its parent, or by itself at a point. */
final class StationMain {

    static final String SECRET = "PROOFS_SECRET";

    private StationMain() {}

    /** Takes the parts of the plan, and where to end itself at the how-manieth time. */
    public static void main(String[] args) throws Exception {
        Station.Plan plan = new Station.Plan(
                args[0],
                Path.of(args[1]),
                URI.create(args[2]),
                Secret.of(System.getenv(SECRET)),
                Duration.parse(args[3]),
                Integer.parseInt(args[4]));
        Station station = new Station(plan, new CrashPoint(args[5], Integer.parseInt(args[6])));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", station.handler());
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
        station.start();
        thread(() -> {
            while (true) {
                station.synchronise();
            }
        });
        System.out.println(server.getAddress().getPort());
        endWithParent();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "synchronisation");
        thread.setDaemon(true);
        thread.start();
    }

    private static void endWithParent() throws IOException {
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }
}
