package io.trunkline.webhook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Serves a {@link WebhookReceiver} from a servlet container. No filter may read the body before it, because signatures
 * are over the raw bytes.
 */
public final class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient WebhookReceiver receiver;
    private final URI publicAddress;

    /**
     * An adapter.
     *
     * @param publicAddress the address as the platform calls it, such as {@code https://calls.example.com}: behind a
     *     proxy the container cannot know it, and some platforms sign it
     */
    public WebhookServlet(WebhookReceiver receiver, URI publicAddress) {
        this.receiver = receiver;
        this.publicAddress = publicAddress;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(receiver.largestBody() + 1);
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        URI url = publicAddress.resolve(request.getRequestURI() + query);
        WebhookReply reply =
                receiver.receive(new WebhookRequest(request.getMethod(), url, headers(request), body, Instant.now()));
        response.setStatus(reply.status());
        if (!reply.contentType().isEmpty()) {
            response.setContentType(reply.contentType());
        }
        response.getOutputStream().write(reply.body());
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return headers;
    }
}
