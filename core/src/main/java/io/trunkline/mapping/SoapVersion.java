package io.trunkline.mapping;

import jakarta.xml.soap.SOAPConstants;

/** The two versions of SOAP, which differ in namespace, media type and the names of faults. */
public enum SoapVersion {
    /** SOAP 1.1: {@code text/xml}, the action in a header. */
    V1_1(SOAPConstants.SOAP_1_1_PROTOCOL, "text/xml; charset=utf-8"),
    /** SOAP 1.2: {@code application/soap+xml}, the action in the media type. */
    V1_2(SOAPConstants.SOAP_1_2_PROTOCOL, "application/soap+xml; charset=utf-8");

    private final String protocol;
    private final String mediaType;

    SoapVersion(String protocol, String mediaType) {
        this.protocol = protocol;
        this.mediaType = mediaType;
    }

    String protocol() {
        return protocol;
    }

    String mediaType() {
        return mediaType;
    }
}
