package io.trunkline.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What understanding and routing are asked and answer. */
final class UnderstandingTest {

    private static final Provenance LOCAL = Provenance.local("model", Duration.ofMillis(3));

    @ParameterizedTest
    @CsvSource({"-1.01,0.5", "1.01,0.5", "0,-0.01", "0,1.01", "NaN,0.5", "0,NaN", "Infinity,0", "0,-Infinity"})
    void sentiment_outsideItsRange_isRefused(double score, double confidence) {
        assertThrows(
                IllegalArgumentException.class, () -> new Sentiment(Sentiment.Label.NEUTRAL, score, confidence, LOCAL));
    }

    @Test
    void sentiment_atItsEnds_isTaken() {
        assertEquals(-1, new Sentiment(Sentiment.Label.NEGATIVE, -1, 0, LOCAL).score());
        assertEquals(1, new Sentiment(Sentiment.Label.POSITIVE, 1, 1, LOCAL).confidence());
    }

    @ParameterizedTest
    @CsvSource({"7999,1", "48001,1", "8000,0", "8000,3", "-1,1", "0,2"})
    void audioFormat_ofNoTelephony_isRefused(int rate, int channels) {
        assertThrows(IllegalArgumentException.class, () -> new AudioFormat(AudioFormat.Codec.PCM16, rate, channels));
    }

    @ParameterizedTest
    @CsvSource({"PCM16,8000,1,16000", "PCM16,16000,2,64000", "MULAW,8000,1,8000", "ALAW,8000,2,16000"})
    void audioFormat_aSecondOfIt_hasItsBytes(AudioFormat.Codec codec, int rate, int channels, int bytes) {
        assertEquals(bytes, new AudioFormat(codec, rate, channels).bytesPerSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a;b", "{a}"})
    void intentCandidate_nameOfAnotherForm_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> IntentCandidate.of(name));
        assertThrows(IllegalArgumentException.class, () -> IntentCandidate.of("x".repeat(65)));
    }

    @Test
    void intentCandidate_byExamples_isDescribedByItsName() {
        IntentCandidate candidate = IntentCandidate.of("cancel_order", "please cancel", "stop it");

        assertEquals("cancel order", candidate.description());
        assertEquals(List.of("please cancel", "stop it"), candidate.examples());
        assertEquals("\u9000\u6b3e", IntentCandidate.of("\u9000\u6b3e").name());
    }

    @Test
    void intent_scores_keepTheirOrderAndDoNotChange() {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("b", 0.9);
        scores.put("a", 0.1);
        Intent intent = new Intent("b", 0.9, scores, LOCAL);
        scores.clear();

        assertEquals(List.of("b", "a"), List.copyOf(intent.scores().keySet()));
        assertEquals(Optional.of("b"), intent.name());
        assertEquals(Optional.empty(), new Intent(null, 0, Map.of(), LOCAL).name());
        assertThrows(UnsupportedOperationException.class, () -> intent.scores().clear());
    }

    @Test
    void routingRequest_allParts_areAsTheyWereSet() {
        Intent intent = new Intent(null, 0, Map.of(), LOCAL);
        Sentiment sentiment = new Sentiment(Sentiment.Label.NEUTRAL, 0, 1, LOCAL);
        RoutingRequest request = RoutingRequest.of("i")
                .skill("billing")
                .skill("billing")
                .intent(intent)
                .sentiment(sentiment)
                .language("zh")
                .preferredAgent("ada")
                .build();

        assertEquals("i", request.interactionId());
        assertEquals(Set.of("billing"), request.skills());
        assertEquals(Optional.of(intent), request.intent());
        assertEquals(Optional.of(sentiment), request.sentiment());
        assertEquals(Optional.of("zh"), request.language());
        assertEquals(Optional.of("ada"), request.preferredAgent());
        RoutingRequest bare = RoutingRequest.of("i").build();
        assertTrue(bare.intent().isEmpty()
                && bare.language().isEmpty()
                && bare.skills().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> RoutingRequest.of(" "));
    }

    @Test
    void routingDecision_withOrWithoutAnAgent_saysWhy() {
        List<String> reasons = new ArrayList<>(List.of("speaks zh"));
        RoutingDecision.Candidate ada = new RoutingDecision.Candidate("ada", 2, reasons);
        reasons.clear();

        assertEquals(List.of("speaks zh"), new RoutingDecision("ada", List.of(ada), false).reasons());
        assertEquals(Optional.of("ada"), new RoutingDecision("ada", List.of(ada), false).target());
        RoutingDecision nobody = new RoutingDecision(null, List.of(), true);
        assertEquals(Optional.empty(), nobody.target());
        assertEquals(1, nobody.reasons().size());
    }

    @Test
    void transcript_segments_areJoinedInOrder() {
        Transcript transcript =
                new Transcript(List.of(segment("hello", 1), segment("", 2), segment("there", 3)), LOCAL);

        assertEquals("hello  there", transcript.text());
        assertEquals("", new Transcript(List.of(), LOCAL).text());
    }

    @Test
    void agentState_ofSetsThatChange_doesNotChange() {
        Set<String> skills = new HashSet<>(Set.of("billing"));
        AgentState agent = new AgentState("ada", skills, skills, true, Instant.EPOCH);
        skills.clear();

        assertEquals(Set.of("billing"), agent.skills());
        assertEquals(Set.of("billing"), agent.languages());
    }

    @Test
    void provenance_ofALocalModel_countsNoTokens() {
        assertEquals(0, LOCAL.tokensRead() + LOCAL.tokensWritten());
        assertEquals(false, LOCAL.degraded());
        assertEquals(Duration.ofMillis(3), LOCAL.took());
    }

    private static Segment segment(String text, long number) {
        return new Segment(number, 0, true, text, Duration.ZERO, Duration.ofSeconds(1), 0.9);
    }

    @Test
    void printed_whatWasSaid_isNotShown() {
        Leaks.printed(segment(Canary.text(), 1));
        Leaks.printed(Turn.customer(Canary.text()));
        Leaks.printed(Turn.agent(Canary.text()));
        Leaks.printed(new Summary(Canary.text(), LOCAL));
        Leaks.printed(new Transcript(List.of(segment(Canary.text(), 1)), LOCAL));
        Leaks.printed(new Entity("order", Canary.text(), 0));
        Leaks.printed(new Entities(List.of(new Entity("order", Canary.text(), 0)), LOCAL));
        Leaks.printed(new AudioClip("a.wav", "audio/wav", Canary.text().getBytes(StandardCharsets.UTF_8), "en"));
        assertEquals(Speaker.CUSTOMER, Turn.customer("x").speaker());
    }
}
