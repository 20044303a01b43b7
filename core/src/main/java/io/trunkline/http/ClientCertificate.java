package io.trunkline.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The key that this side shows in TLS. */
final class ClientCertificate {

    private final KeyStore keys;
    private final char[] password;

    ClientCertificate(KeyStore keys, char[] password) {
        this.keys = keys;
        this.password = password.clone();
    }

    void install(OkHttpClient.Builder client, @Nullable KeyStore trusted) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, password);
            install(client, own.getKeyManagers(), trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the client certificate's key store cannot be used", e);
        }
    }

    static void trust(OkHttpClient.Builder client, KeyStore trusted) {
        try {
            install(client, null, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the trust store cannot be used", e);
        }
    }

    private static void install(OkHttpClient.Builder client, KeyManager @Nullable [] own, @Nullable KeyStore trusted)
            throws GeneralSecurityException {
        X509TrustManager trust = trustManager(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {trust}, null);
        client.sslSocketFactory(context.getSocketFactory(), trust);
    }

    private static X509TrustManager trustManager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
