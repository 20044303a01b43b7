package io.trunkline.mapping;

import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.SOAPException;

/** The makers of messages. */
final class Soap {

    private Soap() {}

    static MessageFactory factory(SoapVersion version) {
        try {
            return MessageFactory.newInstance(version.protocol());
        } catch (SOAPException e) {
            throw new IllegalStateException("SOAP needs com.sun.xml.messaging.saaj:saaj-impl on the class path", e);
        }
    }
}
