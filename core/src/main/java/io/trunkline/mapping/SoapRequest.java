package io.trunkline.mapping;

import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * What a SOAP operation sends: one element in the body, and any in the header. No description (WSDL) is read at run time;
 * classes come from the build, or elements are made with {@link SecureXml#create()}. Attachments are not covered. Needs
 * {@code saaj-impl}, and {@code jaxb-impl} for bound objects, which an application that uses them adds. Immutable; prints
 * neither body nor header.
 *
 * @see <a href="https://www.w3.org/TR/2000/NOTE-SOAP-20000508/">SOAP 1.1</a>
 * @see <a href="https://www.w3.org/TR/soap12-part1/">SOAP 1.2</a>
 */
public final class SoapRequest {

    private final SoapVersion version;
    private final Object body;
    private final List<Object> headers;
    private final @Nullable String action;

    private SoapRequest(SoapVersion version, Object body, List<Object> headers, @Nullable String action) {
        this.version = version;
        this.body = body;
        this.headers = headers;
        this.action = action;
    }

    /**
     * A request.
     *
     * @param version what the platform speaks
     * @param body an {@link org.w3c.dom.Element}, or an object that Jakarta XML Binding makes one element of
     */
    public static SoapRequest of(SoapVersion version, Object body) {
        return new SoapRequest(version, body, List.of(), null);
    }

    /** A copy with one more element in its header, given like the body. */
    public SoapRequest header(Object header) {
        List<Object> more = new ArrayList<>(headers);
        more.add(header);
        return new SoapRequest(version, body, List.copyOf(more), action);
    }

    /**
     * A copy that names its action in the media type, as SOAP 1.2 does; for 1.1 the operation says it in the header {@code
     * SOAPAction}.
     *
     * @throws IllegalArgumentException if it is not a plain URI
     */
    public SoapRequest action(String uri) {
        if (!uri.matches("[!#-\\[\\]-~]{1,500}")) {
            throw new IllegalArgumentException("action must be a URI without spaces and quotes");
        }
        return new SoapRequest(version, body, headers, uri);
    }

    /** The media type to send it as. */
    public String mediaType() {
        return action == null ? version.mediaType() : version.mediaType() + "; action=\"" + action + "\"";
    }

    /**
     * The envelope in UTF-8.
     *
     * @throws IllegalArgumentException if a text holds a character that XML cannot, or an object cannot be bound
     */
    public byte[] write() {
        try {
            SOAPMessage message = Soap.factory(version).createMessage();
            message.getSOAPBody().addDocument(document(body));
            for (Object header : headers) {
                Document part = document(header);
                message.getSOAPHeader().appendChild(message.getSOAPPart().importNode(part.getDocumentElement(), true));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (SOAPException | IOException e) {
            throw new IllegalArgumentException("the request cannot be written as SOAP", e);
        }
    }

    /** The version alone. */
    @Override
    public String toString() {
        return "SoapRequest[" + version + "]";
    }

    /** Written and read once: that finds what no reader would take, and names what was made without a namespace. */
    private static Document document(Object part) {
        try {
            return SecureXml.parse(SecureXml.write(XmlBinding.tree(part)).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("a text has a character that XML cannot hold", e);
        }
    }
}
