package io.trunkline.mapping;

import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPFault;
import jakarta.xml.soap.SOAPMessage;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.transform.dom.DOMSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a SOAP operation answers: one element, or a fault. Prints neither. */
public final class SoapAnswer {

    private final SOAPMessage message;

    private SoapAnswer(SOAPMessage message) {
        this.message = message;
    }

    /**
     * Reads an envelope of either version, whatever prefixes the platform chose.
     *
     * @throws MalformedDataException if it is not well-formed XML without a document type, or not an envelope
     */
    public static SoapAnswer parse(byte[] xml) {
        Document document = SecureXml.parse(xml);
        Element envelope = document.getDocumentElement();
        if (!envelope.getLocalName().equals("Envelope")) {
            throw notSoap();
        }
        try {
            SOAPMessage message = Soap.factory(version(envelope)).createMessage();
            message.getSOAPPart().setContent(new DOMSource(document));
            if (message.getSOAPBody() == null) {
                throw notSoap();
            }
            return new SoapAnswer(message);
        } catch (SOAPException e) {
            throw notSoap();
        }
    }

    /** The fault, if that is what was answered. */
    public Optional<SoapFault> fault() {
        try {
            SOAPFault fault = message.getSOAPBody().getFault();
            return fault == null ? Optional.empty() : Optional.of(fault(fault));
        } catch (SOAPException e) {
            throw notSoap();
        }
    }

    /**
     * The element in the body.
     *
     * @throws MalformedDataException if there is none, or a fault
     */
    public Element body() {
        try {
            List<Element> elements = XmlElements.all(message.getSOAPBody());
            if (elements.isEmpty() || message.getSOAPBody().hasFault()) {
                throw new MalformedDataException("SOAP without an answer in its body");
            }
            return elements.get(0);
        } catch (SOAPException e) {
            throw notSoap();
        }
    }

    /**
     * The element in the body as an object.
     *
     * @throws MalformedDataException if there is none, a fault, or one that does not fit
     */
    public <T> T body(Class<T> type) {
        return XmlBinding.read(body(), type);
    }

    /** The elements of the header. */
    public List<Element> headers() {
        try {
            return message.getSOAPHeader() == null ? List.of() : XmlElements.all(message.getSOAPHeader());
        } catch (SOAPException e) {
            throw notSoap();
        }
    }

    /** The kind alone. */
    @Override
    public String toString() {
        return "SoapAnswer[" + fault().map(SoapFault::code).orElse("answered") + "]";
    }

    private static SoapVersion version(Element envelope) {
        String namespace = String.valueOf(envelope.getNamespaceURI());
        return switch (namespace) {
            case SOAPConstants.URI_NS_SOAP_1_1_ENVELOPE -> SoapVersion.V1_1;
            case SOAPConstants.URI_NS_SOAP_1_2_ENVELOPE -> SoapVersion.V1_2;
            default -> throw notSoap();
        };
    }

    private static SoapFault fault(SOAPFault fault) {
        QName code = fault.getFaultCodeAsQName();
        String outer = code == null ? "" : code.getLocalPart();
        String inner = outer;
        for (Iterator<QName> codes = subcodes(fault); codes.hasNext(); ) {
            inner = codes.next().getLocalPart();
        }
        boolean senders = outer.toLowerCase(Locale.ROOT).matches("(client|sender)(\\..*)?");
        String reason = fault.getFaultString() == null ? "" : fault.getFaultString();
        return new SoapFault(inner, senders, reason, fault.getDetail());
    }

    private static Iterator<QName> subcodes(SOAPFault fault) {
        boolean twelve = SOAPConstants.URI_NS_SOAP_1_2_ENVELOPE.equals(fault.getNamespaceURI());
        return twelve ? fault.getFaultSubcodes() : List.<QName>of().iterator();
    }

    private static MalformedDataException notSoap() {
        return new MalformedDataException("XML that is not a SOAP envelope");
    }
}
