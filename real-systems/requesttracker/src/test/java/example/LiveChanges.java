package example;

import io.trunkline.mapping.Json;
import java.io.IOException;
import java.util.Map;

/** What somebody else does on a server, by its own API and without the library. */
final class LiveChanges {

    private final DeskServer server;

    private LiveChanges(DeskServer server) {
        this.server = server;
    }

    static LiveChanges of(DeskServer server) {
        return new LiveChanges(server);
    }

    LiveChanges subject(String ticket, String subject) {
        return required("PUT", "ticket/" + ticket, Map.of("Subject", subject));
    }

    LiveChanges delete(String ticket) {
        return required("PUT", "ticket/" + ticket, Map.of("Status", "deleted"));
    }

    LiveChanges merge(String ticket, String into) {
        return required("PUT", "ticket/" + ticket, Map.of("MergeInto", Long.valueOf(into)));
    }

    /** Creates a ticket; whether it is there if the server is killed meanwhile, nobody knows. */
    boolean created(String subject) {
        try {
            return status("POST", "ticket", Map.of("Queue", "Support", "Subject", subject)) == 201;
        } catch (IOException e) {
            return false;
        }
    }

    private LiveChanges required(String method, String path, Map<String, Object> body) {
        try {
            int status = status(method, path, body);
            if (status >= 300) {
                throw new IllegalStateException(path + " is answered with " + status);
            }
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int status(String method, String path, Map<String, Object> body) throws IOException {
        Map<String, String> headers =
                Map.of("Authorization", "token " + DeskServer.token(), "Content-Type", "application/json");
        return Wire.send(method, server.uri().resolve("REST/2.0/" + path), headers, Json.write(body))
                .status();
    }
}
