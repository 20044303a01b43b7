package io.trunkline.http;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.resilience.ResilienceSettings;
import java.net.URI;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** A platform in the test's own process and time: minutes of a storm pass in moments, and no socket is needed. */
final class Canned {

    static final URI ADDRESS = URI.create("http://crm.test/");
    private static final MediaType JSON = MediaType.get("application/json");

    private Canned() {}

    static Rig rig(VirtualClock clock, ResilienceSettings resilience, Function<Request, Response> platform) {
        return Rig.to(
                ADDRESS,
                stack -> stack.time(Clocks.of(clock)).answers(chain -> platform.apply(chain.request())),
                own -> own.resilience(resilience));
    }

    /** An answer with headers as name, value, name, value. */
    static Response answer(Request request, int status, String... headers) {
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create("{\"id\":1,\"name\":\"a\"}", JSON));
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        return response.build();
    }
}
