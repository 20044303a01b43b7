package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.mapping.MalformedDataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a failure of the transport means; the causes keep their class but their text is never passed on. */
final class TransportErrors {

    private TransportErrors() {}

    static AttemptFailure of(Exception thrown, AttemptState state) {
        if (state.interrupted()) {
            return failure(ErrorKind.CANCELLED, "the caller was interrupted", thrown, state);
        }
        if (thrown instanceof MalformedDataException malformed) {
            return failure(
                    ErrorKind.PROTOCOL,
                    "the answer is not what the platform documents: " + malformed.getMessage(),
                    null,
                    state);
        }
        if (thrown instanceof BodyLimit.BodyTooLargeException) {
            return failure(ErrorKind.PROTOCOL, "the answer is larger than the library accepts", null, state);
        }
        if (untrusted(thrown)) {
            return failure(
                    ErrorKind.SECURITY,
                    "this side and the platform do not trust each other's certificates",
                    thrown,
                    state);
        }
        return passing(thrown, state);
    }

    private static AttemptFailure passing(Exception thrown, AttemptState state) {
        if (thrown instanceof ProxyCredential.RefusedException) {
            return failure(
                    ErrorKind.AUTHENTICATION, "the proxy refuses this side; give it a credential", thrown, state);
        }
        if (state.deadline().expired()) {
            return failure(ErrorKind.TIMEOUT, "no complete answer came in time", thrown, state);
        }
        if (thrown instanceof UnknownHostException) {
            return failure(ErrorKind.TRANSPORT, "the host name could not be resolved", thrown, state);
        }
        if (thrown instanceof ConnectException) {
            return failure(ErrorKind.TRANSPORT, "no connection could be made", thrown, state);
        }
        if (thrown instanceof InterruptedIOException) {
            return failure(ErrorKind.TIMEOUT, "no complete answer came in time", thrown, state);
        }
        if (thrown instanceof ProtocolException || thrown instanceof EOFException) {
            return failure(ErrorKind.PROTOCOL, "the answer was cut off or broke the protocol", thrown, state);
        }
        return failure(ErrorKind.TRANSPORT, "the connection broke", thrown, state);
    }

    /** One side refuses the other; a handshake that only broke off is an ordinary failure of the network. */
    private static boolean untrusted(Throwable thrown) {
        boolean brokeOff = causedBy(thrown, EOFException.class) || causedBy(thrown, SocketException.class);
        return thrown instanceof SSLPeerUnverifiedException
                || (thrown instanceof SSLHandshakeException && !brokeOff)
                || (thrown instanceof SSLException && causedBy(thrown, CertificateException.class));
    }

    private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static AttemptFailure failure(
            ErrorKind kind, String advice, @Nullable Exception cause, AttemptState state) {
        PlatformError error = PlatformError.of(kind, advice).withProcessed(PlatformError.Processed.MAYBE);
        Exception kept = cause instanceof IOException ? new TransportException(cause) : null;
        return new AttemptFailure(error, null, state.sent(), kept);
    }
}
