package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.mapping.SoapAnswer;
import io.trunkline.mapping.SoapFault;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads SOAP faults, with status 500 as both versions want it and with 200 as some platforms send them. What is no fault
 * means what its status means.
 */
public final class SoapErrors implements ErrorDecoder {

    private final Function<SoapFault, Optional<PlatformError>> known;
    private final StatusErrors others = new StatusErrors();

    /**
     * A reader with a platform's own table.
     *
     * @param known what the platform's codes mean; empty for the usual meaning: the request is wrong where the fault is
     *     the sender's, otherwise the platform cannot answer now and may have carried the request out
     */
    public SoapErrors(Function<SoapFault, Optional<PlatformError>> known) {
        this.known = known;
    }

    /** The fault's meaning, or the status's if the body holds none. */
    @Override
    public PlatformError decode(ErrorResponse response) {
        return SoapFault.in(response.body()).map(this::meaning).orElseGet(() -> others.decode(response));
    }

    /** The fault in an answer that claims success. */
    @Override
    public Optional<PlatformError> inside(Object body, HttpHeaders headers) {
        return body instanceof SoapAnswer answer ? answer.fault().map(this::meaning) : Optional.empty();
    }

    private PlatformError meaning(SoapFault fault) {
        return known.apply(fault).orElseGet(() -> usual(fault)).withCode(fault.code());
    }

    private static PlatformError usual(SoapFault fault) {
        if (fault.senders()) {
            return PlatformError.of(ErrorKind.INVALID_REQUEST, "the platform refused the request; correct the input");
        }
        return PlatformError.of(ErrorKind.UNAVAILABLE, "the platform failed while it handled the request; try later");
    }
}
