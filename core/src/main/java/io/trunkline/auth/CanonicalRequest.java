package io.trunkline.auth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one text that both sides make of a request before they sign it.
 *
 * @param method the HTTP method
 * @param path in its canonical form
 * @param query in its canonical form
 * @param headers those that are signed, by small name
 * @param bodyHash SHA-256 of the body in small hexadecimal digits
 */
record CanonicalRequest(String method, String path, String query, SortedMap<String, String> headers, String bodyHash) {

    private record Pair(String name, String value) {}

    String text() {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", method, path, query, lines, signedHeaders(), bodyHash);
    }

    String signedHeaders() {
        return String.join(";", headers.keySet());
    }

    /** A header's value as it is signed: without space around it, and with single spaces in it. */
    static String value(String given) {
        return given.strip().replaceAll("\\s+", " ");
    }

    /** A path as it was sent, without dot segments and doubled slashes if so wished, and encoded once more. */
    static String path(String sent, boolean normalized) {
        List<String> segments = new ArrayList<>();
        for (String segment : sent.substring(1).split("/", -1)) {
            if (!normalized || !(segment.isEmpty() || segment.equals(".") || segment.equals(".."))) {
                segments.add(percent(segment));
            } else if (segment.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
        }
        boolean folder = normalized && !segments.isEmpty() && sent.matches(".*(/|/\\.|/\\.\\.)");
        return "/" + String.join("/", segments) + (folder ? "/" : "");
    }

    /** A path as it was meant: encoded once, whatever signs whoever sent it has left as they are. */
    static String decodedPath(String sent) {
        return Stream.of(sent.split("/", -1))
                .map(segment -> percent(decoded(segment)))
                .collect(Collectors.joining("/"));
    }

    /** A query as it was sent, in the order of its encoded names and then values. */
    static String query(String sent) {
        return Stream.of(sent.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(CanonicalRequest::pair)
                .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    /** RFC 3986: everything but letters, digits and {@code -._~} is encoded. */
    static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Pair pair(String sent) {
        int equals = sent.indexOf('=');
        String name = equals < 0 ? sent : sent.substring(0, equals);
        String value = equals < 0 ? "" : sent.substring(equals + 1);
        return new Pair(percent(decoded(name)), percent(decoded(value)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
