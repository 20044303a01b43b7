package example;

import io.trunkline.auth.ClientAuthentication;
import io.trunkline.auth.CodeAuthorization;
import io.trunkline.auth.OAuthGrants;
import io.trunkline.auth.OAuthServer;
import io.trunkline.auth.TokenKey;
import io.trunkline.auth.TokenVault;
import io.trunkline.error.AuthenticationException;
import io.trunkline.http.HttpStack;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One process that needs a token: it opens the store, renews the token, says what it got, and ends. Its clock is ahead by
 * as many minutes as it is told, so that every process finds the token of the one before it expired.
 */
public final class Desk {

    private static final URI RETURN = URI.create("http://127.0.0.1/returned");

    private Desk() {}

    /** Takes the store's file, the server's address, the minutes, and the point at which to stop and wait to be killed. */
    public static void main(String[] args) {
        URI issuer = URI.create(args[1]);
        TimeSource time = ahead(Integer.parseInt(args[2]));
        try (Store store = new StoppingStore(JdbcStore.sqlite(Path.of(args[0]), time), args[3]);
                HttpStack http = HttpStack.builder().time(time).build()) {
            OAuthServer server = server(issuer, http, time);
            TokenVault vault = new TokenVault(store, time);
            System.out.println("began");
            vault.token(key(server), OAuthGrants.refreshToken(server, null), soon(time));
            System.out.println("token");
        } catch (AuthenticationException e) {
            System.out.println("reauthorise");
        }
    }

    /** A person authorises the connection. */
    static void authorise(Path file, URI issuer, int minutes) throws Exception {
        TimeSource time = ahead(minutes);
        try (Store store = JdbcStore.sqlite(file, time);
                HttpStack http = HttpStack.builder().time(time).build()) {
            OAuthServer server = server(issuer, http, time);
            TokenVault vault = new TokenVault(store, time);
            CodeAuthorization authorization =
                    new CodeAuthorization(server, issuer.resolve("/auth"), RETURN, vault, store, time);
            Person.Return back = new Person().authorise(authorization.begin(key(server)));
            authorization.complete(key(server), back.state(), back.code(), soon(time));
        }
    }

    private static OAuthServer server(URI issuer, HttpStack http, TimeSource time) {
        ClientAuthentication client = ClientAuthentication.basic("desk", Secret.of("secret-of-the-test"));
        return new OAuthServer("desk", issuer.resolve("/token"), client, http, time);
    }

    private static TokenKey key(OAuthServer server) {
        return new TokenKey("desk", "agent", Set.of("openid", "offline_access", "api:read"), server.origin());
    }

    private static TimeSource ahead(int minutes) {
        TimeSource system = TimeSource.system();
        return TimeSource.of(
                () -> Instant.now().plus(Duration.ofMinutes(minutes)), System::nanoTime, system::sleep);
    }

    private static Deadline soon(TimeSource time) {
        return Deadline.in(Duration.ofSeconds(10), time);
    }
}
