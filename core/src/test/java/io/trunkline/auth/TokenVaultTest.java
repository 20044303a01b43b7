package io.trunkline.auth;

import static io.trunkline.auth.TokenServer.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.CancelledException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.http.Origin;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the vault keeps, whatever goes wrong between the server, the store and the callers. */
@Timeout(60)
final class TokenVaultTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final TimeSource real = TimeSource.system();
    private final Store store = Store.inMemory(time);
    private final TokenVault vault = new TokenVault(store, time);
    private final TokenKey key = new TokenKey("crm", "agent", Set.of(), new Origin("https", "a.test", 443));

    private AccessToken token(String text, Duration life) {
        Secret refresh = Secret.of("refresh-" + text);
        return new AccessToken(
                Secret.of(text), refresh, clock.now(), clock.now().plus(life), Map.of());
    }

    private static AuthenticationException refusal(String code) {
        return new AuthenticationException(
                "refused",
                ErrorContext.of("crm", "oauth.token", ErrorKind.AUTHENTICATION).withPlatformCode(code),
                null);
    }

    /** Gives what it is told, and needs a person once it is refused. */
    private static TokenSource person(String configured, Supplied supplied) {
        return new TokenSource() {
            @Override
            public AccessToken obtain(Optional<AccessToken> previous, Deadline deadline) {
                return supplied.token(previous);
            }

            @Override
            public boolean needsPerson() {
                return true;
            }

            @Override
            public String configured() {
                return configured;
            }
        };
    }

    /** Makes a token of the last one. */
    private interface Supplied {
        AccessToken token(Optional<AccessToken> previous);
    }

    private Deadline later() {
        return Deadline.in(Duration.ofSeconds(20), time);
    }

    @Test
    void token_aMinuteBeforeItsEnd_isRenewed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TokenSource source = (previous, deadline) -> token("t" + asked.incrementAndGet(), Duration.ofHours(1));
        vault.token(key, source, later());
        clock.sleep(Duration.ofMinutes(59).minusSeconds(1));
        assertEquals("t1", vault.token(key, source, later()).access().reveal());
        clock.sleep(Duration.ofSeconds(1));

        assertEquals("t2", vault.token(key, source, later()).access().reveal());
        assertEquals(2, asked.get());
    }

    @Test
    void token_ofShortLife_isRenewedATenthBeforeItsEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TokenSource source = (previous, deadline) -> token("t" + asked.incrementAndGet(), Duration.ofSeconds(10));
        vault.token(key, source, later());
        clock.sleep(Duration.ofMillis(8_999));
        assertEquals("t1", vault.token(key, source, later()).access().reveal());
        clock.sleep(Duration.ofMillis(1));

        assertEquals("t2", vault.token(key, source, later()).access().reveal());
    }

    @Test
    void T9_tokensOfManyTenants_neverMeet() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<TokenKey, String> given = new HashMap<>();
        List<String> names = List.of("a", "b", "ab", "a:b", "1:a", "", "a b");
        for (int step = 0; step < 100_000; step++) {
            Set<String> scopes = random.nextBoolean() ? Set.of() : Set.of(any(names, random), "z" + any(names, random));
            TokenKey tenant = new TokenKey(
                    any(names, random), any(names, random), scopes, new Origin("https", "h" + random.nextInt(3), 443));
            String expected = given.get(tenant);
            String text = "token-" + given.size();

            AccessToken got = vault.token(tenant, (previous, deadline) -> token(text, Duration.ofDays(365)), later());

            assertEquals(expected == null ? text : expected, got.access().reveal(), "step " + step + ", seed " + seed);
            given.putIfAbsent(tenant, text);
        }
        assertEquals(
                given.size(),
                given.keySet().stream().map(TokenKey::text).distinct().count());
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    @Test
    void X28_answerLostAfterTheServerRotated_oldTokenIsTriedOnceAndThenAPersonIsNeeded() {
        try (TokenServer server = new TokenServer()) {
            TokenVault nodes = new TokenVault(store, real);
            TokenSource source = OAuthGrants.refreshToken(server.oauth(real), Secret.of("refresh-0"));
            server.spoil = answer -> answer.newBuilder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();

            RetryLaterException lost =
                    assertThrows(RetryLaterException.class, () -> nodes.token(server.key("agent"), source, soon()));
            assertThrows(AuthenticationException.class, () -> nodes.token(server.key("agent"), source, soon()));
            for (int i = 0; i < 5; i++) {
                assertThrows(AuthenticationException.class, () -> nodes.token(server.key("agent"), source, soon()));
            }

            assertEquals(ErrorKind.UNAVAILABLE, lost.kind());
            assertEquals(2, server.count());
        }
    }

    @Test
    void X28_anotherNodeHasTheSuccessor_itIsUsed() {
        AccessToken successor = token("successor", Duration.ofHours(1));
        vault.put(key, token("old", Duration.ZERO));
        TokenSource source = person("", previous -> {
            new TokenVault(store, time).put(key, successor);
            throw refusal("invalid_grant");
        });

        assertEquals(successor.access(), vault.token(key, source, later()).access());
    }

    @Test
    void X29_crashBetweenAnswerAndSave_saveIsMadeGoodAtTheNextUse() {
        AtomicInteger asked = new AtomicInteger();
        FailingStore failing = new FailingStore(store);
        TokenVault own = new TokenVault(failing, time);
        TokenSource source = person("", previous -> token("t" + asked.incrementAndGet(), Duration.ofHours(1)));
        failing.puts.set(1);

        assertThrows(RetryLaterException.class, () -> own.token(key, source, later()));
        AccessToken saved = own.token(key, source, later());

        assertEquals("t1", saved.access().reveal());
        assertEquals(1, asked.get());
        assertEquals(
                "t1",
                new TokenVault(store, time).token(key, source, later()).access().reveal());
    }

    @Test
    void token_isSavedBeforeAnybodyHasIt() {
        FailingStore failing = new FailingStore(store);
        TokenVault own = new TokenVault(failing, time);
        failing.puts.set(Integer.MAX_VALUE);

        for (int i = 0; i < 3; i++) {
            assertThrows(
                    RetryLaterException.class,
                    () -> own.token(key, person("", previous -> token("t", Duration.ofHours(1))), later()));
        }
    }

    @Test
    void token_otherNodeCalledItDeadMeanwhile_whatWasRenewedHereLives() {
        vault.put(key, token("old", Duration.ZERO));
        VaultStorage others = new VaultStorage(store);
        TokenSource slow = person("", previous -> {
            others.bury(key, others.read(key), "", clock.now());
            return token("renewed", Duration.ofHours(1));
        });

        assertEquals("renewed", vault.token(key, slow, later()).access().reveal());
        assertFalse(others.read(key).orElseThrow().dead());
    }

    @Test
    void invalidGrant_isAskedOnceAndKnownToEveryNodeAndAfterARestart() {
        AtomicInteger asked = new AtomicInteger();
        TokenSource refused = person("r0", previous -> {
            asked.incrementAndGet();
            throw refusal("invalid_grant");
        });
        vault.put(key, token("old", Duration.ZERO));

        for (int node = 0; node < 4; node++) {
            TokenVault another = new TokenVault(store, time);
            assertThrows(AuthenticationException.class, () -> another.token(key, refused, later()));
        }
        assertEquals(1, asked.get());

        TokenSource mended = person("r1", previous -> {
            assertTrue(previous.isEmpty(), "what is dead is not tried again");
            return token("new", Duration.ofHours(1));
        });
        assertEquals("new", vault.token(key, mended, later()).access().reveal());
    }

    @Test
    void invalidClient_isNoReasonToForgetTheRefreshToken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        vault.put(key, token("old", Duration.ZERO));
        TokenSource wrongSecret = person("", previous -> {
            asked.incrementAndGet();
            throw refusal("invalid_client");
        });
        for (int i = 0; i < 10; i++) {
            assertThrows(AuthenticationException.class, () -> vault.token(key, wrongSecret, later()));
        }
        assertEquals(1, asked.get(), "a wrong secret is not hammered");
        clock.sleep(Duration.ofSeconds(31));

        TokenSource mended = person("", previous -> {
            assertEquals(
                    "refresh-old",
                    previous.orElseThrow().refresh().orElseThrow().reveal());
            return token("new", Duration.ofHours(1));
        });
        assertEquals("new", vault.token(key, mended, later()).access().reveal());
    }

    @Test
    void caller_givesUp_renewalGoesOnAndIsSaved() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        TokenSource slow = (previous, deadline) -> {
            count.incrementAndGet();
            asked.countDown();
            awaited(answer);
            return token("slow", Duration.ofHours(1));
        };
        assertThrows(
                RetryLaterException.class,
                () -> vault.token(key, slow, Deadline.in(Duration.ofMillis(30), TimeSource.system())));
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> interrupted.complete(assertThrows(RuntimeException.class, () -> vault.token(key, slow, soon()))));
        caller.start();
        asked.await();
        caller.interrupt();
        assertInstanceOf(CancelledException.class, interrupted.get(10, TimeUnit.SECONDS));

        answer.countDown();

        assertEquals("slow", vault.token(key, slow, soon()).access().reveal());
        assertEquals(1, count.get());
        assertEquals(
                "slow",
                new VaultStorage(store).read(key).orElseThrow().token().access().reveal());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the renewal must not end with its caller", e);
        }
    }

    @Test
    void X31_clockThatJumps_costsARenewalAndNoLoop() {
        AtomicInteger asked = new AtomicInteger();
        Instant[] wall = {Instant.parse("2026-03-01T08:00:00Z")};
        TimeSource jumping = TimeSource.of(() -> wall[0], System::nanoTime, TimeSource.system()::sleep);
        TokenVault own = new TokenVault(Store.inMemory(jumping), jumping);
        TokenSource source = (previous, deadline) -> new AccessToken(
                Secret.of("t" + asked.incrementAndGet()), null, wall[0], wall[0].plusSeconds(3_600), Map.of());
        own.token(key, source, soon());
        wall[0] = wall[0].plusSeconds(7_200);
        own.token(key, source, soon());
        wall[0] = wall[0].minusSeconds(600);
        AccessToken kept = own.token(key, source, soon());

        assertEquals(2, asked.get());
        assertEquals("t2", kept.access().reveal());
    }
}
