package io.trunkline.ai.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Turn;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routing while the analyzer is quick, slow, broken or silent. */
@Timeout(60)
final class UnderstandingTest {

    private static final Duration BUDGET = Duration.ofMillis(800);
    private static final Provenance TEST = Provenance.local("test", Duration.ZERO);
    private static final List<IntentCandidate> CANDIDATES = List.of(IntentCandidate.of("fault", "broken"));
    private static final Intent FAULT = new Intent("fault", 1, Map.of("fault", 1.0), TEST);
    private static final Sentiment ANGRY = new Sentiment(Sentiment.Label.NEGATIVE, -1, 1, TEST);

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);

    /** An analyzer of a test, which keeps the time it is given as one over a network does. */
    private static final class Scripted implements LanguageAnalyzer {

        private final Supplier<Intent> intent;
        private final Supplier<Sentiment> sentiment;

        Scripted(Supplier<Intent> intent, Supplier<Sentiment> sentiment) {
            this.intent = intent;
            this.sentiment = sentiment;
        }

        @Override
        public String connection() {
            return "scripted";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(INTENT, SENTIMENT);
        }

        @Override
        public LanguageAnalyzer with(CallOptions value) {
            assertTrue(value.deadline().isPresent());
            return this;
        }

        @Override
        public Intent intent(String text, List<IntentCandidate> candidates) {
            return intent.get();
        }

        @Override
        public Sentiment sentiment(List<Turn> turns) {
            return sentiment.get();
        }
    }

    private <T> T after(Duration work, T answer) {
        try {
            Deadline end = Deadline.in(BUDGET, time);
            boolean late = work.compareTo(end.remaining()) > 0;
            time.sleep(late ? end.remaining() : work);
            if (late) {
                throw Failures.of("late", ErrorContext.of("scripted", "ask", ErrorKind.TIMEOUT));
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Understanding by(Supplier<Intent> intent, Supplier<Sentiment> sentiment) {
        return new Understanding(new Scripted(intent, sentiment), CANDIDATES, time);
    }

    private RoutingDecision routed(Understanding.Result result) {
        List<AgentState> agents = List.of(
                new AgentState("ada", Set.of("tech", SkillsRouter.CALMING), Set.of("en"), true, clock.now()),
                new AgentState(
                        "bob", Set.of("sales"), Set.of("en"), true, clock.now().minusSeconds(600)));
        return new SkillsRouter(() -> agents, Map.of("fault", Set.of("tech")), time)
                .route(result.into(RoutingRequest.of("call").language("en")).build());
    }

    @Test
    void of_quickAnalyzer_isUnderstoodAndRoutedByIt() {
        Understanding.Result result =
                by(() -> after(Duration.ofMillis(50), FAULT), () -> ANGRY).of("my line is dead", BUDGET);

        assertEquals(FAULT, result.intent().orElseThrow());
        assertEquals(ANGRY, result.sentiment().orElseThrow());
        assertEquals(List.of(), result.missing());
        assertEquals("ada", routed(result).target().orElseThrow());
        assertFalse(routed(result).degraded());
    }

    @Test
    void of_slowAnalyzer_routesBySkillsAloneAndSaysSo() {
        Understanding.Result result = by(
                        () -> after(Duration.ofMinutes(5), FAULT), () -> after(Duration.ofMinutes(5), ANGRY))
                .of("my line is dead", BUDGET);

        assertTrue(result.intent().isEmpty() && result.sentiment().isEmpty());
        assertEquals(2, result.missing().size());
        RoutingDecision decision = routed(result);
        assertEquals("bob", decision.target().orElseThrow());
        assertTrue(decision.degraded());
        assertTrue(decision.reasons().contains("what the customer wants is not known"), decision::toString);
    }

    @Test
    void of_analyzerThatFailsInPart_keepsWhatIsThere() {
        String secret = Canary.text();
        Understanding.Result result = by(() -> FAULT, () -> {
                    throw new IllegalStateException(secret);
                })
                .of("my line is dead", BUDGET);

        assertEquals("ada", routed(result).target().orElseThrow());
        assertTrue(routed(result).degraded());
        assertEquals(List.of("sentiment: the analyzer failed (IllegalStateException)"), result.missing());
    }

    @Test
    void of_analyzerThatNeverAnswersAndKeepsNoTime_isLeftBehindAndInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Supplier<Intent> stuck = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return FAULT;
        };
        Understanding understanding =
                new Understanding(new Scripted(stuck, () -> ANGRY), CANDIDATES, TimeSource.system());

        Understanding.Result result = understanding.of("my line is dead", Duration.ofMillis(100));

        assertTrue(result.intent().isEmpty());
        assertEquals(ANGRY, result.sentiment().orElseThrow());
        assertEquals(List.of("intent: no answer within the time"), result.missing());
        interrupted.await();
    }

    @Test
    void of_callerWhoSaysNothing_isNotAskedAbout() {
        Understanding.Result result = by(
                        () -> {
                            throw new AssertionError("asked");
                        },
                        () -> {
                            throw new AssertionError("asked");
                        })
                .of("  ", BUDGET);

        assertEquals(List.of("the caller has said nothing"), result.missing());
        assertTrue(routed(result).degraded());
    }
}
