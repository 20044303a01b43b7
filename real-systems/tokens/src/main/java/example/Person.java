package example;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with a browser: follows redirects, signs in, agrees. */
final class Person {

    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"(login|consent)\"");
    private static final int MOST_STEPS = 20;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** What the browser carries back to the application. */
    record Return(String state, String code) {}

    Return authorise(URI start) throws IOException, InterruptedException {
        URI address = start;
        HttpRequest.Builder next = HttpRequest.newBuilder(address);
        for (int step = 0; step < MOST_STEPS; step++) {
            HttpResponse<String> page = browser.send(next.build(), HttpResponse.BodyHandlers.ofString());
            String location = page.headers().firstValue("Location").orElse(null);
            if (location != null) {
                address = address.resolve(location);
                if (address.getPath().equals("/returned")) {
                    return new Return(found(STATE, location), found(CODE, location));
                }
                next = HttpRequest.newBuilder(address);
            } else {
                String form = "prompt=" + found(PROMPT, page.body()) + "&login=agent&password=any";
                next = HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
            }
        }
        throw new IOException("the server asked for more than a person would do");
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("not found: " + pattern + " in " + text.substring(0, Math.min(500, text.length())));
        }
        return matcher.group(1);
    }
}
