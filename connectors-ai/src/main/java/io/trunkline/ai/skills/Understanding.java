package io.trunkline.ai.skills;

import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Turn;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What an analyzer understands of a caller within a time: intent and sentiment, asked for at once, and each left out where
 * the analyzer is too slow or fails. Routing goes on with what is there. Thread-safe.
 */
public final class Understanding {

    private final LanguageAnalyzer analyzer;
    private final List<IntentCandidate> candidates;
    private final TimeSource time;

    /** What was understood, and in words why anything was not. */
    public record Result(
            @Nullable Intent foundIntent, @Nullable Sentiment foundSentiment, List<String> missing) {

        /** Keeps a copy. */
        public Result {
            missing = List.copyOf(missing);
        }

        /** What the customer wants. */
        public Optional<Intent> intent() {
            return Optional.ofNullable(foundIntent);
        }

        /** How the customer feels. */
        public Optional<Sentiment> sentiment() {
            return Optional.ofNullable(foundSentiment);
        }

        /** Puts what was understood into a request. */
        public RoutingRequest.Builder into(RoutingRequest.Builder request) {
            intent().ifPresent(request::intent);
            sentiment().ifPresent(request::sentiment);
            return request;
        }
    }

    /** An understanding by an analyzer, of intents among the candidates. */
    public Understanding(LanguageAnalyzer analyzer, List<IntentCandidate> candidates, TimeSource time) {
        this.analyzer = analyzer;
        this.candidates = List.copyOf(candidates);
        this.time = time;
    }

    /** Asks. Never later than the time, and never an exception of the analyzer's. */
    public Result of(String words, Duration atMost) {
        if (words.isBlank()) {
            return new Result(null, null, List.of("the caller has said nothing"));
        }
        Deadline end = Deadline.in(atMost, time);
        LanguageAnalyzer hurried = analyzer.with(CallOptions.DEFAULT.deadline(end));
        FutureTask<Intent> intent = begun(() -> hurried.intent(words, candidates));
        FutureTask<Sentiment> sentiment = begun(() -> hurried.sentiment(List.of(Turn.customer(words))));
        List<String> missing = new ArrayList<>();
        Intent wanted = ended("intent", intent, end, missing);
        Sentiment felt = ended("sentiment", sentiment, end, missing);
        return new Result(wanted, felt, missing);
    }

    private static <T> FutureTask<T> begun(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "trunkline-understanding");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> @Nullable T ended(String name, FutureTask<T> task, Deadline end, List<String> missing) {
        try {
            return task.get(Math.max(0, end.remaining().toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            missing.add(name + ": no answer within the time");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            missing.add(name + ": the analyzer failed (" + cause.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing.add(name + ": interrupted");
        }
        task.cancel(true);
        return null;
    }
}
