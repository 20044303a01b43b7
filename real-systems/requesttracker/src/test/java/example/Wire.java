package example;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP without the library: each request over a connection of its own and never repeated, because the server closes after
 * each answer and later than it is read.
 */
final class Wire {

    static {
        System.setProperty("http.keepAlive", "false");
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static final int PATIENCE = 60_000;

    private Wire() {}

    /** An answer: status, headers by lower-case name, body. */
    record Answer(int status, Map<String, String> headers, byte[] body) {}

    static Answer send(String method, URI url, Map<String, String> headers, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        headers.forEach(connection::setRequestProperty);
        if (body.length > 0) {
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        Map<String, String> answered = new LinkedHashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null) {
                answered.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, answered, in == null ? new byte[0] : in.readAllBytes());
        } finally {
            connection.disconnect();
        }
    }
}
