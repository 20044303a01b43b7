package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Posts under random faults, with the effects counted at the server. The number of posts is 2,000 unless
 * {@code -Dtrunkline.posts} says otherwise.
 */
@Timeout(1800)
final class EffectsTest {

    private static final int POSTS = Integer.getInteger("trunkline.posts", 2_000);
    private static final int THREADS = 48;

    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Set<String> unsent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unknown = new AtomicInteger();

    @Test
    void posts_underRandomFaults_haveAtMostOneEffectEach() throws Exception {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        try (LocalServer server = LocalServer.answering(request -> fault(request, random));
                Rig rig = Rig.to(
                        server,
                        own -> own.resilience(
                                ResilienceSettings.DEFAULT.breaker(null).concurrentCalls(THREADS)))) {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            for (int i = 0; i < POSTS; i++) {
                int id = i;
                threads.execute(() -> post(rig, id));
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(25, TimeUnit.MINUTES));
        }

        System.out.printf("posts %d, unknown %.2f %%, seed %d%n", POSTS, 100.0 * unknown.get() / POSTS, seed);
        effects.forEach((id, count) -> assertEquals(1, count.get(), "effects of post " + id + ", seed " + seed));
        assertTrue(effects.keySet().containsAll(succeeded), "an answered post has no effect, seed " + seed);
        assertTrue(unsent.stream().noneMatch(effects::containsKey), "a refused post has an effect, seed " + seed);
        assertEquals(POSTS, succeeded.size() + unsent.size() + unknown.get());
    }

    private void post(Rig rig, int id) {
        try {
            rig.api.create(new Rig.Item(id, "n")).execute(CallOptions.within(Duration.ofSeconds(30)));
            succeeded.add(String.valueOf(id));
        } catch (ConnectorException e) {
            if (e.kind() == ErrorKind.OUTCOME_UNKNOWN) {
                unknown.incrementAndGet();
            } else {
                unsent.add(String.valueOf(id));
            }
        }
    }

    /** What happens to a request: the effect comes first wherever a real platform may have had it. */
    private MockResponse fault(RecordedRequest request, Random random) {
        int dice;
        synchronized (random) {
            dice = random.nextInt(100);
        }
        if (dice < 10) {
            return new MockResponse.Builder()
                    .code(429)
                    .addHeader("Retry-After", dice % 2 == 0 ? "0" : "0.05")
                    .build();
        }
        if (dice < 15) {
            return json(400, "{}");
        }
        String body = request.getBody().utf8();
        effects.computeIfAbsent(body.replaceAll("\\D", ""), id -> new AtomicInteger())
                .incrementAndGet();
        if (dice < 20) {
            return new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
        }
        if (dice < 25) {
            return json(503, "{}").newBuilder().addHeader("Retry-After", "0").build();
        }
        if (dice < 28) {
            return json(200, "{\"id\":1,\"na").newBuilder().build();
        }
        return json(201, body);
    }
}
