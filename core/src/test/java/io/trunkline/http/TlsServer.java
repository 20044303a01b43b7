package io.trunkline.http;

import io.trunkline.checks.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A server of the test that speaks TLS, with certificates that are made for the test. */
final class TlsServer implements AutoCloseable {

    static final char[] PASSWORD = "password-of-the-test".toCharArray();
    static final HeldCertificate AUTHORITY = authority("Authority of the test");
    static final HeldCertificate STRANGE_AUTHORITY = authority("Another authority");

    private final MockWebServer server = new MockWebServer();

    private TlsServer(SSLSocketFactory sockets, boolean demandsCertificate) {
        server.useHttps(sockets);
        if (demandsCertificate) {
            server.requireClientAuth();
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return LocalServer.json(200, "{\"id\":1,\"name\":\"a\"}");
            }
        });
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a certificate. */
    static TlsServer showing(HeldCertificate certificate) {
        HandshakeCertificates own =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        return new TlsServer(own.sslSocketFactory(), false);
    }

    /** Shows a good certificate and wants one of the same authority to be shown. */
    static TlsServer demanding() {
        HandshakeCertificates own = new HandshakeCertificates.Builder()
                .heldCertificate(good().build())
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
        return new TlsServer(own.sslSocketFactory(), true);
    }

    static HeldCertificate.Builder good() {
        return new HeldCertificate.Builder()
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .signedBy(AUTHORITY);
    }

    static HeldCertificate expired() {
        long day = 86_400_000L;
        long now = Instant.now().toEpochMilli();
        return good().validityInterval(now - 2 * day, now - day).build();
    }

    /** A trust store of the authority alone. */
    static KeyStore trust() {
        KeyStore store = empty();
        try {
            store.setCertificateEntry("authority", AUTHORITY.certificate());
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key store of one certificate with its key. */
    static KeyStore keys(HeldCertificate certificate) {
        KeyStore store = empty();
        try {
            store.setKeyEntry("client", certificate.keyPair().getPrivate(), PASSWORD, new X509Certificate[] {
                certificate.certificate()
            });
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HeldCertificate authority(String name) {
        return new HeldCertificate.Builder()
                .commonName(name)
                .certificateAuthority(0)
                .build();
    }

    URI uri() {
        return URI.create("https://localhost:" + server.getPort() + "/");
    }

    int requests() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        server.close();
    }
}
