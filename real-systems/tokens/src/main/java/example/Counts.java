package example;

import io.trunkline.mapping.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** What the OAuth server itself has counted. */
record Counts(long clientCredentials, long refreshed, long refused) {

    static Counts of(URI issuer) throws Exception {
        Map<String, Object> counts = Json.object(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(issuer.resolve("/count")).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body());
        return new Counts(
                (Long) counts.get("client_credentials"),
                (Long) counts.get("refresh_token"),
                (Long) counts.get("refused"));
    }
}
