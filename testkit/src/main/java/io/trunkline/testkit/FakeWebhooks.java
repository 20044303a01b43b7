package io.trunkline.testkit;

import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A platform's sending side: delivers webhooks as platforms do, some of them twice or in another order, and again for as
 * long as they are not acknowledged. For one thread.
 */
public final class FakeWebhooks {

    /** What happens to one webhook on its way. */
    public enum Delivery {
        /** It arrives. */
        ONCE,
        /** It arrives, and arrives again although it was acknowledged. */
        TWICE,
        /** The one after it arrives first. */
        AFTER_NEXT,
        /** It arrives and its acknowledgement gets lost, so it is sent again. */
        ANSWER_LOST
    }

    /** Where webhooks go. */
    @FunctionalInterface
    public interface Target {
        /** Takes one and answers it. */
        WebhookReply receive(WebhookRequest request);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_ATTEMPTS = 10;

    private final Target target;
    private final Deque<Delivery> script = new ArrayDeque<>();
    private int sent;

    /** A platform that sends to a target, such as {@code receiver::receive}. */
    public FakeWebhooks(Target target) {
        this.target = target;
    }

    /** A platform that posts to an address over real HTTP; what a request says of its own address is left out. */
    public static FakeWebhooks over(URI address) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        return new FakeWebhooks(request -> posted(http, address, request));
    }

    /** Says how the next webhooks travel, one each; those after them arrive once. */
    public FakeWebhooks next(Delivery... deliveries) {
        script.addAll(List.of(deliveries));
        return this;
    }

    /** How many requests were sent, repeats included. */
    public int sent() {
        return sent;
    }

    /**
     * Delivers webhooks until each is acknowledged, at most ten times each.
     *
     * @return the last reply to each, in the order in which they arrived
     */
    public List<WebhookReply> deliver(WebhookRequest... requests) {
        Deque<WebhookRequest> waiting = new ArrayDeque<>(List.of(requests));
        List<WebhookReply> replies = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Delivery delivery = script.isEmpty() ? Delivery.ONCE : script.poll();
            WebhookRequest request = waiting.remove();
            if (delivery == Delivery.AFTER_NEXT && !waiting.isEmpty()) {
                replies.add(acknowledged(waiting.remove(), 1));
            }
            boolean again = delivery == Delivery.TWICE || delivery == Delivery.ANSWER_LOST;
            replies.add(acknowledged(request, again ? 2 : 1));
        }
        return replies;
    }

    private WebhookReply acknowledged(WebhookRequest request, int times) {
        int acknowledged = 0;
        WebhookReply reply = WebhookReply.status(0);
        for (int attempt = 0; attempt < MOST_ATTEMPTS && acknowledged < times; attempt++) {
            sent++;
            reply = target.receive(request);
            acknowledged += reply.accepted() ? 1 : 0;
        }
        return reply;
    }

    private static WebhookReply posted(HttpClient http, URI address, WebhookRequest request) {
        HttpRequest.Builder post = HttpRequest.newBuilder(address.resolve(local(request.url())))
                .timeout(PATIENCE)
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> post.header(name, value)));
        try {
            HttpResponse<byte[]> answer = http.send(post.build(), HttpResponse.BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return new WebhookReply(answer.statusCode(), type, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String local(URI url) {
        return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }
}
