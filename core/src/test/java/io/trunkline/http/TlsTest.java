package io.trunkline.http;

import static io.trunkline.http.TlsServer.PASSWORD;
import static io.trunkline.http.TlsServer.keys;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Credentials;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.EOFException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates of both sides, over real TLS. */
@Timeout(60)
final class TlsTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));

    private static Rig trusting(URI address) {
        return Rig.to(address, stack -> stack.trust(TlsServer.trust()), own -> own);
    }

    private static Rig showing(URI address, HeldCertificate certificate) {
        return Rig.to(
                address,
                stack -> stack.trust(TlsServer.trust()),
                own -> own.clientCertificate(keys(certificate), PASSWORD));
    }

    @Test
    void trustedCertificate_isAnswered() {
        try (TlsServer server = TlsServer.showing(TlsServer.good().build());
                Rig rig = trusting(server.uri())) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
        }
    }

    @Test
    void X6_expiredCertificate_isASecurityErrorOfOneAttempt() {
        refused(TlsServer.expired());
    }

    @Test
    void X6_certificateOfAnotherHost_isASecurityErrorOfOneAttempt() {
        refused(new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.test")
                .signedBy(TlsServer.AUTHORITY)
                .build());
    }

    @Test
    void X6_selfSignedCertificate_isASecurityErrorOfOneAttempt() {
        refused(new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build());
    }

    @Test
    void X6_certificateOfAStrangeAuthority_isASecurityErrorOfOneAttempt() {
        refused(new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .signedBy(TlsServer.STRANGE_AUTHORITY)
                .build());
    }

    private static void refused(HeldCertificate certificate) {
        Secret key = Secret.of(Canary.secret());
        try (TlsServer server = TlsServer.showing(certificate);
                Rig rig = Rig.to(
                        server.uri(),
                        stack -> stack.trust(TlsServer.trust()),
                        own -> own.authorizer(Credentials.bearer(key)))) {
            SecurityPolicyException thrown = Leaks.saw(assertThrows(
                    SecurityPolicyException.class, () -> rig.api.get("1").execute(SOON)));
            Leaks.saw(assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.api.create(new Rig.Item(1, "a")).execute(SOON)));

            assertEquals(ErrorKind.SECURITY, thrown.kind());
            assertEquals(2, rig.attempts.size());
            assertEquals(0, server.requests());
        }
    }

    @Test
    void X6_serverWithoutTls_isNeverSpokenToInClearText() {
        StringBuilder seen = new StringBuilder();
        try (RawServer server = RawServer.running(socket -> {
                    InputStream in = socket.getInputStream();
                    byte[] first = in.readNBytes(64);
                    synchronized (seen) {
                        seen.append(new String(first, StandardCharsets.ISO_8859_1));
                    }
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                });
                Rig rig = Rig.to(
                        URI.create(server.uri().toString().replace("http:", "https:")), stack -> stack, own -> own)) {
            assertThrows(ConnectorException.class, () -> rig.api.get("1").execute(SOON));

            synchronized (seen) {
                assertTrue(!seen.isEmpty() && !seen.toString().contains("HTTP/1.1"), seen::toString);
            }
        }
    }

    @Test
    void X6_handshakeThatStalls_endsAtTheDeadline() {
        try (RawServer server =
                        RawServer.running(socket -> socket.getInputStream().readAllBytes());
                Rig rig = Rig.to(
                        URI.create(server.uri().toString().replace("http:", "https:")), stack -> stack, own -> own)) {
            RetryLaterException thrown = assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofMillis(300))));

            assertEquals(ErrorKind.TIMEOUT, thrown.kind());
        }
    }

    @Test
    void X6_handshakeThatBreaksOff_isAFailureOfTheNetworkAndTriedAgain() {
        AtomicInteger connections = new AtomicInteger();
        try (RawServer server = RawServer.running(socket -> {
                    connections.incrementAndGet();
                    socket.getInputStream().readNBytes(32);
                    socket.close();
                });
                Rig rig = Rig.to(
                        URI.create(server.uri().toString().replace("http:", "https:")), stack -> stack, own -> own)) {
            ConnectorException thrown = assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.create(new Rig.Item(1, "a")).execute(SOON));

            assertEquals(ErrorKind.TRANSPORT, thrown.kind());
            assertEquals(3, connections.get());
        }
    }

    @Test
    void mutualTls_withTheCertificate_isAnswered() {
        HeldCertificate client = new HeldCertificate.Builder()
                .commonName("call center")
                .signedBy(TlsServer.AUTHORITY)
                .build();
        try (TlsServer server = TlsServer.demanding();
                Rig rig = showing(server.uri(), client)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            rig.api.create(new Rig.Item(1, "a")).execute(SOON);

            assertEquals(2, server.requests());
        }
    }

    /** The server's alert may be overtaken by its closing of the connection; then only the broken line is seen. */
    private static void unanswered(TlsServer server, Rig.Api api) {
        ConnectorException thrown =
                assertThrows(ConnectorException.class, () -> api.get("1").execute(SOON));

        assertTrue(thrown.kind() == ErrorKind.SECURITY || thrown.kind() == ErrorKind.TRANSPORT, thrown::getMessage);
        assertEquals(0, server.requests());
    }

    @Test
    void mutualTls_withoutOrWithAStrangersCertificate_isNotAnswered() {
        HeldCertificate stranger = new HeldCertificate.Builder()
                .commonName("stranger")
                .signedBy(TlsServer.STRANGE_AUTHORITY)
                .build();
        try (TlsServer server = TlsServer.demanding();
                Rig without = trusting(server.uri());
                Rig strange = showing(server.uri(), stranger)) {
            unanswered(server, without.api);
            unanswered(server, strange.api);
        }
    }

    @Test
    void handshakeFailure_saidByTheOtherSide_isSecurityAndBrokenOffIsTransport() {
        AttemptState state =
                new AttemptState(Deadline.in(Duration.ofMinutes(1), TimeSource.system()), new InterruptWatch());
        SSLHandshakeException said = new SSLHandshakeException("Received fatal alert: bad_certificate");
        SSLHandshakeException brokenOff = new SSLHandshakeException("Remote host terminated the handshake");
        brokenOff.initCause(new EOFException());

        assertEquals(ErrorKind.SECURITY, TransportErrors.of(said, state).kind());
        assertFalse(TransportErrors.of(said, state).repeatable(Effect.SAFE));
        assertEquals(ErrorKind.TRANSPORT, TransportErrors.of(brokenOff, state).kind());
        assertEquals(
                ErrorKind.TRANSPORT,
                TransportErrors.of(new SSLException("Broken pipe"), state).kind());
    }

    @Test
    void mutualTls_oneConnectionOfAStack_keepsItsCertificateToItself() {
        HeldCertificate client =
                new HeldCertificate.Builder().signedBy(TlsServer.AUTHORITY).build();
        try (TlsServer server = TlsServer.demanding();
                Rig rig = showing(server.uri(), client)) {
            HttpConnection bare = rig.stack.connect(HttpConnectionSettings.builder("bare", Endpoints.of(server.uri()))
                    .build());
            assertEquals(1, rig.api.get("1").execute(SOON).id());

            assertThrows(
                    ConnectorException.class,
                    () -> bare.api(Rig.Api.class).get("1").execute(SOON));

            assertEquals(1, server.requests());
        }
    }

    @Test
    void clientCertificate_wrongPassword_isRefusedAtTheFirstCall() {
        HeldCertificate client = new HeldCertificate.Builder().build();
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "{}"));
                Rig rig = Rig.to(server, own -> own.clientCertificate(keys(client), "wrong".toCharArray()))) {
            assertThrows(RuntimeException.class, () -> rig.api.get("1").execute(SOON));

            assertEquals(0, server.count());
        }
    }
}
