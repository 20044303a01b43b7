package io.trunkline.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A refusal in SOAP.
 *
 * @param code the code without its prefix; in 1.2 the innermost subcode
 * @param senders whether the request was at fault ({@code Client}, {@code Sender}) and not the platform
 * @param reason the platform's sentence, which may hold personal data
 * @param detail what the platform adds, or null
 */
public record SoapFault(
        String code,
        boolean senders,
        String reason,
        @Nullable Element detail) {

    /** The fault that an answer's body holds; empty if it is another answer, or no SOAP at all. */
    public static Optional<SoapFault> in(byte[] body) {
        try {
            return SoapAnswer.parse(body).fault();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** The code alone. */
    @Override
    public String toString() {
        return "SoapFault[" + code + "]";
    }
}
