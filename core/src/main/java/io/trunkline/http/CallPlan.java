package io.trunkline.http;

import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import java.util.Map;
import okhttp3.Request;

/**
 * One call from its start to its end: what all its attempts share.
 *
 * @param operation what it is
 * @param template the request against the placeholder address
 * @param reader makes the body
 * @param deadline when it must be over
 * @param lane its urgency
 * @param headers what the call adds to each attempt: idempotency key, trace context
 * @param <R> the body's type
 */
record CallPlan<R>(
        Operation operation,
        Request template,
        BodyReader<R> reader,
        Deadline deadline,
        Lane lane,
        Map<String, String> headers) {

    long mostBytes() {
        return lane == Lane.BULK ? BodyLimit.BULK_BYTES : BodyLimit.INTERACTIVE_BYTES;
    }

    Effect effect() {
        return operation.effect();
    }
}
