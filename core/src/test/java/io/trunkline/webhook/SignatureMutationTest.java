package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Macs;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.Event;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Genuine requests with something changed. As many as {@code -Dtrunkline.mutations}, 200,000 by default, for schemes that
 * take a digest; a hundredth of it for public keys, where one check takes as long as a hundred of the others.
 */
@Timeout(300)
final class SignatureMutationTest {

    private static final int MUTATIONS = Integer.getInteger("trunkline.mutations", 200_000);
    private static final String BODY = "{\"id\":\"1\",\"n\":42}";

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void S4_everyMutation_isRefused(Schemes each) {
        long seed = System.nanoTime();
        int most = each.publicKey() ? MUTATIONS / 100 : MUTATIONS;

        Mutants mutants = new Mutants(each, new Random(seed), most);

        assertEquals("", mutants.firstAccepted(each.scheme), each + " seed " + seed);
        assertTrue(mutants.tried >= most, () -> each + " only " + mutants.tried);
    }

    /** The controls: schemes with mistakes that people make. Each must be caught. */
    @Test
    void S4_schemesThatAreWrong_areCaught() {
        Map<String, SignatureScheme> wrong = new LinkedHashMap<>();
        wrong.put("accepts all", request -> {});
        wrong.put("looks at the beginning of the body", request -> compare(request, 8, 64));
        wrong.put("looks at the beginning of the signature", request -> compare(request, 1_000, 8));
        wrong.put("strips the body", request -> {
            byte[] stripped = request.text().strip().getBytes(StandardCharsets.UTF_8);
            byte[] expected = Macs.hmac("HmacSHA256", Secret.of("s"), stripped);
            check(HexFormat.of().formatHex(expected), request.header("Sig").orElse(""));
        });
        for (Map.Entry<String, SignatureScheme> each : wrong.entrySet()) {
            WebhookRequest genuine = signedBy(Secret.of("s"), BODY);
            Mutants mutants = new Mutants(genuine, new Random(1), 50_000);

            assertFalse(mutants.firstAccepted(each.getValue()).isEmpty(), each::getKey);
        }
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void S4_mutation_isNeitherReadNorStored(Schemes each) {
        VirtualClock clock = VirtualClock.single();
        Store store = Store.inMemory(Clocks.of(clock));
        AtomicInteger read = new AtomicInteger();
        WebhookReceiver receiver =
                new WebhookReceiver("c", reading(each.scheme, read), store, Clocks.of(clock), () -> {});
        Random random = new Random(7);

        Mutants mutants = new Mutants(each, random, 500);
        mutants.each(request -> assertEquals(401, receiver.receive(request).status()));

        assertEquals(0, read.get());
        assertEquals(
                List.of(),
                store.queue(StoredWebhook.queue("c"))
                        .pending(Optional.empty(), 1)
                        .items());
        assertEquals(
                List.of(),
                store.values(StoredWebhook.SEEN).list("", Optional.empty(), 1).items());
    }

    private static WebhookProtocol reading(SignatureScheme scheme, AtomicInteger read) {
        return new WebhookProtocol() {
            @Override
            public void verify(WebhookRequest request) {
                scheme.verify(request);
            }

            @Override
            public Optional<WebhookReply> handshake(WebhookRequest request) {
                read.incrementAndGet();
                return Optional.empty();
            }

            @Override
            public List<Event> decode(WebhookRequest request) {
                read.incrementAndGet();
                return List.of();
            }
        };
    }

    static WebhookRequest signedBy(Secret secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Schemes.request(Map.of("Sig", HexFormat.of().formatHex(Macs.hmac("HmacSHA256", secret, bytes))), bytes);
    }

    private static void compare(WebhookRequest request, int ofBody, int ofSignature) {
        byte[] body = request.body();
        byte[] seen = Arrays.copyOf(body, Math.min(body.length, ofBody));
        byte[] whole = BODY.getBytes(StandardCharsets.UTF_8);
        byte[] start = Arrays.copyOf(whole, Math.min(whole.length, ofBody));
        String expected = HexFormat.of().formatHex(Macs.hmac("HmacSHA256", Secret.of("s"), whole));
        String received = request.header("Sig").orElse("");
        check(new String(start, StandardCharsets.ISO_8859_1), new String(seen, StandardCharsets.ISO_8859_1));
        check(
                expected.substring(0, Math.min(ofSignature, expected.length())),
                received.substring(0, Math.min(ofSignature, received.length())));
    }

    private static void check(String expected, String received) {
        if (!expected.equals(received)) {
            throw new ForgedWebhookException("wrong");
        }
    }

    /** Changed copies of one genuine request: each single bit first, then random changes. */
    private static final class Mutants {

        private final WebhookRequest genuine;
        private final Random random;
        private final int most;
        private final boolean hex;
        private int tried;

        Mutants(Schemes scheme, Random random, int most) {
            this(scheme.genuine(BODY), random, most, scheme.hex());
        }

        Mutants(WebhookRequest genuine, Random random, int most) {
            this(genuine, random, most, true);
        }

        private Mutants(WebhookRequest genuine, Random random, int most, boolean hex) {
            this.genuine = genuine;
            this.random = random;
            this.most = most;
            this.hex = hex;
        }

        /** How the first accepted one differs; empty if none was. */
        String firstAccepted(SignatureScheme scheme) {
            String[] accepted = {""};
            each(request -> {
                if (accepted[0].isEmpty() && accepts(scheme, request)) {
                    accepted[0] = request.text() + request.headers();
                }
            });
            return accepted[0];
        }

        private static boolean accepts(SignatureScheme scheme, WebhookRequest request) {
            try {
                scheme.verify(request);
                return true;
            } catch (ForgedWebhookException | MalformedDataException e) {
                return false;
            }
        }

        void each(Consumer<WebhookRequest> consumer) {
            for (int bit = 0; bit < genuine.bodySize() * 8 && tried < most; bit++) {
                byte[] body = genuine.body();
                body[bit / 8] ^= (byte) (1 << bit % 8);
                give(genuine.headers(), body, consumer);
            }
            for (String name : genuine.headers().keySet()) {
                int length = genuine.header(name).orElseThrow().length();
                for (int bit = 0; bit < length * 7 && tried < most; bit++) {
                    int at = bit;
                    give(changed(name, text -> flipped(text, at)), genuine.body(), consumer);
                }
            }
            while (tried < most) {
                randomly(consumer);
            }
        }

        private void randomly(Consumer<WebhookRequest> consumer) {
            List<String> names = List.copyOf(genuine.headers().keySet());
            int where = random.nextInt(names.size() + 1);
            if (where == names.size()) {
                byte[] body = spliced(genuine.text()).getBytes(StandardCharsets.UTF_8);
                give(genuine.headers(), body, consumer);
            } else {
                give(changed(names.get(where), this::spliced), genuine.body(), consumer);
            }
        }

        /** Some characters taken out, put in, or both. */
        private String spliced(String text) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(4));
            StringBuilder put = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                put.append((char) (random.nextInt(8) == 0 ? random.nextInt(0xd800) : 0x20 + random.nextInt(0x5f)));
            }
            return text.substring(0, from) + put + text.substring(to);
        }

        private static String flipped(String text, int bit) {
            char[] characters = text.toCharArray();
            characters[bit / 7] ^= (char) (1 << bit % 7);
            return new String(characters);
        }

        private Map<String, List<String>> changed(String name, UnaryOperator<String> change) {
            Map<String, List<String>> headers = new LinkedHashMap<>(genuine.headers());
            headers.put(name, List.of(change.apply(genuine.header(name).orElseThrow())));
            return headers;
        }

        private void give(Map<String, List<String>> headers, byte[] body, Consumer<WebhookRequest> to) {
            if (!same(headers) || !Arrays.equals(body, genuine.body())) {
                tried++;
                to.accept(new WebhookRequest("POST", genuine.url(), headers, body, genuine.receivedAt()));
            }
        }

        /** Hexadecimal digits mean the same in both cases, and a list may hold others beside the right one. */
        private boolean same(Map<String, List<String>> headers) {
            String list = headers.getOrDefault("webhook-signature", List.of("")).get(0);
            Map<String, List<String>> others = new LinkedHashMap<>(headers);
            genuine.header("webhook-signature")
                    .filter(right -> List.of(list.split(" ", -1)).contains(right))
                    .ifPresent(right -> others.put("webhook-signature", List.of(right)));
            return hex
                    ? others.toString().equalsIgnoreCase(genuine.headers().toString())
                    : others.equals(genuine.headers());
        }
    }
}
