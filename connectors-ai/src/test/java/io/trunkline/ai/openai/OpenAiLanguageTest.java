package io.trunkline.ai.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Turn;
import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.testkit.LanguageAnalyzerContract;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.platforms.FakeOpenAi;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Language against the fake server, which the platform's own description judges. */
final class OpenAiLanguageTest extends LanguageAnalyzerContract {

    private static final List<Turn> TALK = List.of(Turn.customer("My line is dead"));

    private final FakeOpenAi server = new FakeOpenAi();

    @Override
    protected RunningPlatform start() {
        return server.platform();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return OpenAi.key(Secret.of(Canary.secret()), "gpt-test")
                .with(CommonSettings.BASE_URL, List.of(server.address()));
    }

    @Test
    void model_answersWhatWasNotAllowedTwice_isAnErrorNotAnAnswer() {
        String refund = "{\"code\":\"REFUND\",\"confidence\":1}";
        server.says(refund, refund);

        assertThrows(
                ProtocolException.class,
                () -> client(LanguageAnalyzer.class).disposition(TALK, Set.of("SOLVED", "OPEN")));
    }

    @Test
    void refusals_asThePlatformWordsThem_areToldApart() {
        LanguageAnalyzer language = client(LanguageAnalyzer.class);
        server.platform().always(FakeOpenAi.refusal(429, "insufficient_quota", "insufficient_quota"));
        int before = server.platform().count();

        assertThrows(RetryLaterException.class, () -> language.summarise(TALK));
        assertEquals(before + 1, server.platform().count(), "no credit does not come back in a moment");

        server.platform().always(FakeOpenAi.refusal(404, "model_not_found", "invalid_request_error"));
        assertThrows(NotFoundException.class, () -> language.summarise(TALK));
    }

    @Test
    void exchanges_judgedByThePlatformsDescription_fitBothWays() {
        Optional<SpecJudge> judge = SpecJudge.load("openai.json", "/v1");
        Assumptions.assumeTrue(judge.isPresent(), "not run: no descriptions at -Dtrunkline.specs");
        LanguageAnalyzer language = client(LanguageAnalyzer.class);
        trunkline().verify("subject", Duration.ofSeconds(5));
        language.sentiment(TALK);
        language.intent("dead line", List.of(IntentCandidate.of("fault", "it is broken")));
        language.entities("order A-42", Set.of("order"));
        language.disposition(TALK, Set.of("SOLVED"));
        language.detectLanguage("hello");
        language.summarise(TALK);
        language.summarise(TALK, piece -> {});

        // The description tells kinds of messages apart by a word that it does not map, which no validator can follow.
        assertEquals(
                List.of(),
                judge.get().problems(server.platform().exchanges()).stream()
                        .filter(problem -> !problem.contains("provided discriminator"))
                        .toList());
        assertEquals(List.of(), judge.get().streamProblems(server.platform().exchanges()));
        assertEquals(Set.of(), judge.get().unjudged(server.platform().exchanges()));
        assertEquals(8, server.platform().exchanges().size());
    }
}
