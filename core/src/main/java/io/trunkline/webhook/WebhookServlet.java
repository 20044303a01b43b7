package io.trunkline.webhook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Serves a {@link WebhookReceiver} from a servlet container. No filter may read the body before it, because signatures
 * are over the raw bytes. A body that is still dripping after 10 seconds is answered 408; one that stands still is ended
 * by the container's own idle time.
 */
public final class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient WebhookReceiver receiver;
    private final transient PublicAddress publicAddress;

    /**
     * An adapter.
     *
     * @param publicAddress the address as the platform calls it, such as {@code https://calls.example.com}: behind a
     *     proxy the container cannot know it, and some platforms sign it
     * @throws IllegalArgumentException if the address has no scheme or host
     */
    public WebhookServlet(WebhookReceiver receiver, URI publicAddress) {
        this.receiver = receiver;
        this.publicAddress = new PublicAddress(publicAddress);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WebhookReply reply = reply(request);
        response.setStatus(reply.status());
        if (reply.status() == 408) {
            response.setHeader("Connection", "close");
        }
        if (!reply.contentType().isEmpty()) {
            response.setContentType(reply.contentType());
        }
        response.getOutputStream().write(reply.body());
    }

    private WebhookReply reply(HttpServletRequest request) throws IOException {
        Optional<URI> url = publicAddress.of(request.getRequestURI(), request.getQueryString());
        if (url.isEmpty()) {
            return WebhookReply.status(400);
        }
        return TimedBody.read(request.getInputStream(), receiver.largestBody() + 1, receiver.time())
                .map(body -> receiver.receive(
                        new WebhookRequest(request.getMethod(), url.get(), headers(request), body, receiver.now())))
                .orElse(WebhookReply.status(408));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return headers;
    }
}
