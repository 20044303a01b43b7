package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Credentials;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;
import retrofit2.http.Url;

/** Addresses that a platform or a caller puts into a request. */
@Timeout(60)
final class NextLinkTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final String ANSWER = "{\"id\":1,\"name\":\"a\"}";

    /** An operation that takes a whole address, as listings do for their next page. */
    interface Pages {
        @GET
        @Safe("pages.next")
        ApiCall<Rig.Item> at(@Url String address);

        @GET("item/{id}/notes")
        @Safe("pages.notes")
        ApiCall<Rig.Item> notes(@Path("id") String id);
    }

    /** A platform called crm.test, which the resolver finds on this machine whatever the name is. */
    private static Rig rig(LocalServer server, Secret key) {
        return Rig.to(
                URI.create("http://crm.test:" + server.uri().getPort() + "/"),
                stack -> stack.resolver(name -> List.of(InetAddress.getLoopbackAddress())),
                own -> own.authorizer(Credentials.bearer(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://crm.test.evil.test:%d/next",
                "http://crm.test@evil.test:%d/next",
                "http://user@crm.test:%d/next",
                "http://:pw@crm.test:%d/next",
                "//evil.test:%d/next",
                "\\\\evil.test:%d\\next",
                "/\\evil.test:%d/next",
                "https://crm.test:%d/next",
                "http://crm.test/next",
                "http://crm.test.:%d/next",
                "http://crm\u3002test.evil.test:%d/next",
                "http://\u0441rm.test:%d/next",
                "http://127.0.0.1:%d/next",
                "http://evil.test:%d/#crm.test"
            })
    void T4_nextPageAtLookalikeOrigin_isRefusedBeforeAnythingIsSent(String link) {
        Secret key = Secret.of(Canary.secret());
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = rig(server, key)) {
            Pages pages = rig.connection.api(Pages.class);
            String address = link.formatted(server.uri().getPort());

            Leaks.saw(assertThrows(
                    SecurityPolicyException.class, () -> pages.at(address).execute(SOON)));
            Leaks.saw(assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.connection.raw().send(RawRequest.of("GET", address), SOON)));

            assertEquals(0, server.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://crm.test:%d/next?after=2, /next?after=2",
        "http://CRM.test:%d/next, /next",
        "HTTP://crm.TEST:%d/next#part, /next",
        "/next, /next",
        "next, /next",
        "http://crm.test:%d/a/%%2e%%2e/next, /next",
        "http://crm.test:%d/a/../next, /next"
    })
    void T4_nextPageAtTheSameOrigin_isAskedFor(String link, String path) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = rig(server, Secret.of("k"))) {
            assertEquals(
                    1,
                    rig.connection
                            .api(Pages.class)
                            .at(link.formatted(server.uri().getPort()))
                            .execute(SOON)
                            .id());

            URI asked = server.lastRequest().getUrl().uri();
            assertEquals(path, asked.getPath() + (asked.getQuery() == null ? "" : "?" + asked.getQuery()));
        }
    }

    @Test
    void T3_nextPageAtAnotherHost_keepsThePageAndStops() {
        try (LocalServer other = LocalServer.answering(json(200, ANSWER));
                LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            Pages pages = rig.connection.api(Pages.class);
            List<Long> kept = new ArrayList<>();
            Paged<Long> listing = Paged.of(cursor -> new Page<>(
                    List.of(pages.at(cursor.orElse("first")).execute(SOON).id()),
                    other.uri().resolve("next").toString()));

            assertThrows(SecurityPolicyException.class, () -> listing.forEach(kept::add));

            assertEquals(List.of(1L), kept);
            assertEquals(1, server.count());
            assertEquals(0, other.count());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void T5_pagesInACircle_endAndThePlatformIsAskedNoMore(int round) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            Pages pages = rig.connection.api(Pages.class);
            Paged.Source<Long> circle = cursor -> {
                int here = cursor.map(Integer::parseInt).orElse(0);
                return new Page<>(
                        List.of(pages.at("page" + here).execute(SOON).id()), String.valueOf((here + 1) % round));
            };
            Paged.PageWalk<Long> walk = Paged.of(circle).pages();
            Optional<String> cursor = walk.cursor();
            for (int page = 0; page < round; page++) {
                assertEquals(List.of(1L), walk.next().items());
                cursor = walk.cursor();
            }

            assertThrows(IllegalStateException.class, walk::next);

            assertEquals(cursor, walk.cursor());
            assertEquals(round + 1, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.test/", "//evil.test", "%2e%2e%2f", ";x", "?a=b", "#", "a/b", "\\evil", "a b"})
    void T6_idThatLooksLikeAnAddress_staysOneSegment(String id) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            rig.connection.api(Pages.class).notes(id).execute(SOON);

            List<String> segments = server.lastRequest().getUrl().pathSegments();
            assertEquals(List.of("item", id, "notes"), segments);
            assertEquals(null, server.lastRequest().getUrl().query());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "%2e%2e", "%2E.", "../../admin", ".././"})
    void T6_idThatClimbs_isRefusedOrInertAndNotRepeated(String id) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            try {
                rig.connection.api(Pages.class).notes(id).execute(SOON);
            } catch (ConnectorException e) {
                assertTrue(!e.getMessage().contains(id + "/") && !e.getMessage().contains("/" + id), e::getMessage);
            }

            server.requests()
                    .forEach(request -> assertEquals(
                            List.of("item", id, "notes"), request.getUrl().pathSegments()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../admin", "%2e%2e/admin", "/admin", "x/../../admin", "./admin"})
    void T6_rawPathThatClimbs_staysBelowThePrefix(String path) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server.uri().resolve("tenant/api/"), stack -> stack, own -> own)) {
            rig.connection.raw().send(RawRequest.of("GET", path), SOON);

            String asked = server.lastRequest().getUrl().encodedPath();
            assertEquals("/tenant/api/admin", asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.test/", "//evil.test/x", "ftp://evil.test"})
    void T6_rawPathThatIsAnAddress_isRefused(String path) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            assertThrows(ConnectorException.class, () -> rig.connection.raw().send(RawRequest.of("GET", path), SOON));

            assertEquals(0, server.count());
        }
    }
}
