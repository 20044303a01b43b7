package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.auth.AccessToken;
import io.trunkline.auth.ClientAuthentication;
import io.trunkline.auth.Credentials;
import io.trunkline.auth.TokenKey;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.Setting;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.mapping.Json;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Multipart;
import retrofit2.http.POST;
import retrofit2.http.Part;

/** What may stand in a header, and where a secret may be read. */
@Timeout(60)
final class HeaderGuardTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));

    /** Operations that put a caller's text into heads. */
    interface Heads {
        @GET("item")
        @Safe("heads.get")
        ApiCall<String> get(@Header("X-Agent") String agent);

        @Multipart
        @POST("files")
        @Once("heads.upload")
        ApiCall<NoContent> upload(@Part MultipartBody.Part part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nX-Evil: 1", "\nX-Evil: 1", "\r", "\u0000", "\u0085", "\u2028", "\u007f", "ü"})
    void T41_controlOrForeignCharacter_isRefusedWithoutTheValueAndNothingIsSent(String evil) {
        String value = Canary.secret() + evil;
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server, own -> own.authorizer(Credentials.apiKeyHeader("X-Key", Secret.of(value))))) {
            Leaks.saw(assertThrows(
                    AuthenticationException.class, () -> rig.api.get("1").execute(SOON)));
            Leaks.saw(assertThrows(
                    IllegalArgumentException.class,
                    () -> RawRequest.of("GET", "x").header("X-Agent", value)));
            Leaks.saw(assertThrows(
                    IllegalArgumentException.class,
                    () -> RawRequest.of("GET", "x").header("Cookie", "a=" + value)));
            Leaks.saw(assertThrows(
                    IllegalArgumentException.class,
                    () -> RawRequest.of("GET", "x").header("X-" + value, "1")));
            Leaks.saw(assertThrows(
                    IllegalArgumentException.class, () -> HttpHeaders.of(Map.of("X-Agent", List.of(value)))));
            Leaks.saw(assertThrows(
                    IllegalArgumentException.class,
                    () -> CallOptions.DEFAULT.idempotencyKey(value.replace("ü", "\u00fc"))));

            assertEquals(0, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nX-Evil: 1", "\n", "\u0000"})
    void T41_headerOfAConnectorsInterface_isRefusedWithoutTheValue(String evil) {
        String value = Canary.secret() + evil;
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            Leaks.saw(assertThrows(
                    InvalidRequestException.class,
                    () -> rig.connection.api(Heads.class).get(value).execute(SOON)));

            assertEquals(0, server.count());
        }
    }

    @Test
    void T41_fileNameWithLineBreak_staysInsideItsQuotes() {
        RequestBody body = RequestBody.create(new byte[] {1}, MediaType.get("text/plain"));
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            rig.connection
                    .api(Heads.class)
                    .upload(MultipartBody.Part.createFormData("file", "a\"\r\nX-Evil: 1", body))
                    .execute(SOON);

            String sent = server.lastRequest().getBody().utf8();
            assertFalse(sent.contains("\nX-Evil"), sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "ü", "a\tb"})
    void T41_headerNameOfAnotherForm_isRefused(String name) {
        assertThrows(
                IllegalArgumentException.class, () -> RawRequest.of("GET", "x").header(name, "1"));
        assertThrows(
                IllegalArgumentException.class, () -> RawRequest.of("GET", "x").header("n".repeat(129), "1"));
        assertThrows(
                IllegalArgumentException.class, () -> RawRequest.of("GET", "x").header("n", "v".repeat(17_000)));
    }

    @Test
    void T55_secret_isInNoTextAndNotSerialisable() {
        String text = Canary.secret();
        Secret secret = Secret.of(text);
        AccessToken token = new AccessToken(secret, secret, Instant.EPOCH, null, Map.of("refresh_token", text));
        Setting<Secret> setting = Setting.secret("token", "A token.");
        Leaks.printed(secret);
        Leaks.printed(token);
        Leaks.printed(List.of(secret, token));
        Leaks.printed(Map.of("k", secret));
        Leaks.printed(new TokenKey("crm", text, Set.of(), new Origin("https", "a.test", 443)));
        Leaks.printed(ClientAuthentication.post("id", secret));
        Leaks.printed(ConnectorSettings.empty().with(setting, secret));
        Leaks.printed(ConnectorSettings.ofText(Map.of("token", text)));
        Leaks.printed(RawRequest.of("GET", text).header("X-Key", text).query("q", text));
        Leaks.printed(HttpHeaders.of(Map.of("X-Key", List.of(text))));
        Leaks.printed(new RawResponse(200, HttpHeaders.of(Map.of()), text.getBytes(StandardCharsets.UTF_8)));
        Leaks.printed(secret.hashCode() + " " + secret.equals(Secret.of("other")));

        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
        assertFalse(Serializable.class.isAssignableFrom(AccessToken.class));
    }

    @Test
    void T55_secretInARecordWrittenAsJson_isNotInIt() {
        String text = Canary.secret();
        String written;
        try {
            written = new String(Json.codec(Holder.class).write(new Holder(Secret.of(text))), StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            written = Leaks.saw(e).toString();
        }

        assertFalse(written.contains(text));
    }

    /** A record that a connector's author might write by mistake. */
    public record Holder(Secret secret) {}

    @Test
    void T55_failuresOfEveryKind_showNeitherCredentialNorBody() {
        Secret key = Secret.of(Canary.secret());
        String person = Canary.email();
        try (LocalServer server = LocalServer.answering(
                        json(400, person), json(401, person), json(403, person), json(409, person), json(500, person));
                Rig rig = Rig.to(server, own -> own.authorizer(Credentials.basic("user", key)))) {
            for (int i = 0; i < 5; i++) {
                Leaks.saw(assertThrows(
                        ConnectorException.class,
                        () -> rig.api.create(new Rig.Item(1, person)).execute(SOON)));
            }
            rig.attempts.forEach(Leaks::printed);
            rig.outcomes.forEach(Leaks::printed);

            assertEquals(5, server.count());
        }
    }
}
