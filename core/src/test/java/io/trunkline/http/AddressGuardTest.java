package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of files that others have named. */
@Timeout(60)
final class AddressGuardTest {

    private static final long MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "2130706433", "127.1", "localhost", "[::1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]"})
    void T11_thisMachineInAnyForm_isNotReached(String host) {
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of());
            URI address = URI.create("https://" + host + ":" + server.uri().getPort() + "/");

            assertThrows(SecurityPolicyException.class, () -> downloads.get(address, MEGABYTE, soon()));

            assertEquals(0, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x7f.1", "localhost."})
    void T11_hostThatOnlySomeReadAsThisMachine_isNotReached(String host) {
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of());
            URI address = URI.create("https://" + host + ":" + server.uri().getPort() + "/");

            assertThrows(ConnectorException.class, () -> downloads.get(address, MEGABYTE, soon()));

            assertEquals(0, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "fd00::1",
                "fdff::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::7f00:1",
                "224.0.0.1",
                "239.255.255.255",
                "ff02::1",
                "240.0.0.1",
                "fec0::1",
                "::7f00:1",
                "2001::1"
            })
    void T11_closedRange_isNotPublic(String address) throws Exception {
        assertFalse(PublicAddresses.open(InetAddress.getByName(address)));
    }

    @Test
    void T12_nameThatTurnsPrivate_isCheckedWhereItIsConnected() throws Exception {
        InetAddress privateOne = InetAddress.getByAddress("files.test", new byte[] {127, 0, 0, 1});
        Deque<InetAddress> answers = new ArrayDeque<>(List.of(privateOne));
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(
                        server.uri(), stack -> stack.resolver(name -> List.of(answers.removeFirst())), own -> own)) {
            URI address = URI.create("https://files.test:" + server.uri().getPort() + "/");

            assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.connection.downloads(Set.of()).get(address, MEGABYTE, soon()));

            assertTrue(answers.isEmpty());
            assertEquals(0, server.count());
        }
    }

    @Test
    void T13_hostWithPrivateAddressBesideAPublicOne_isNeverReachedThere() throws Exception {
        InetAddress nobody = InetAddress.getByAddress("files.test", new byte[] {10, 0, 0, 1});
        InetAddress here = InetAddress.getByAddress("files.test", new byte[] {127, 0, 0, 1});
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server.uri(), stack -> stack.resolver(name -> List.of(nobody, here)), own -> own)) {
            URI address = URI.create("https://files.test:" + server.uri().getPort() + "/");

            assertThrows(
                    ConnectorException.class,
                    () -> rig.connection.downloads(Set.of()).get(address, MEGABYTE, soon()));

            assertEquals(0, server.count());
        }
    }

    @Test
    void T13_bareOkHttp_reachesThisMachineByName() throws Exception {
        OkHttpClient bare = new OkHttpClient.Builder()
                .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                .build();
        try (LocalServer server = LocalServer.unwatched(request -> json(200, "{}"))) {
            String address = "http://files.test:" + server.uri().getPort() + "/";

            try (Response response =
                    bare.newCall(new Request.Builder().url(address).build()).execute()) {
                assertEquals(200, response.code());
            }

            assertEquals(1, server.count());
        } finally {
            bare.dispatcher().executorService().shutdown();
            bare.connectionPool().evictAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "jar:file:/x.jar!/y",
                "ftp://files.test/x",
                "gopher://files.test/",
                "data:text/plain,x",
                "http://8.8.8.8/",
                "mailto:a@example.test"
            })
    void T14_schemeOtherThanHttps_isNotFetched(String address) {
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.connection.downloads(Set.of()).get(URI.create(address), MEGABYTE, soon()));

            assertTrue(rig.attempts.isEmpty());
        }
    }

    @Test
    void download_behindAProxyInThePrivateNetwork_goesThere() {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 502 Bad Gateway\r\n\r\n");
                Rig rig = Rig.to(proxy.uri(), stack -> stack.proxy(proxy.asProxy()), own -> own)) {
            assertThrows(
                    ConnectorException.class,
                    () -> rig.connection
                            .downloads(Set.of())
                            .get(URI.create("https://files.test/recording"), MEGABYTE, soon()));

            assertTrue(proxy.connections() > 0);
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(3), TimeSource.system());
    }
}
