package io.trunkline.mapping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The only maker of XML parsers: no document type, no entity of its own, nothing fetched, depth and size bounded. A
 * document type is refused at once, which ends external entities, external DTDs and entity bombs alike.
 */
public final class SecureXml {

    private static final int LARGEST = 32 << 20;
    private static final String LIMITS = "http://www.oracle.com/xml/jaxp/properties/";

    private SecureXml() {}

    /**
     * Reads a document with namespaces.
     *
     * @throws MalformedDataException if it is not well-formed, has a document type, or exceeds 32 MiB or 200 levels; the
     *     message repeats none of it
     */
    public static Document parse(byte[] xml) {
        if (xml.length > LARGEST) {
            throw new MalformedDataException("XML is larger than the library accepts");
        }
        try {
            DocumentBuilder builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXException | IOException e) {
            throw new MalformedDataException("XML is not well-formed, or has a document type, which is refused");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java platform's XML parser cannot be made safe", e);
        }
    }

    /** An empty document to build on. */
    public static Document create() {
        try {
            return factory().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java platform's XML parser cannot be made safe", e);
        }
    }

    /**
     * A node as text, without an XML declaration.
     *
     * @throws IllegalArgumentException if a text ends or breaks off within a character
     */
    public static String write(Node node) {
        requireWhole(node);
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("a node in memory could not be written", e);
        }
    }

    /** The platform's writer leaves half a character at the end of a text out, without a word. */
    private static void requireWhole(Node node) {
        String value = node.getNodeValue();
        if (value != null && value.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw new IllegalArgumentException("a text of the XML holds half a character");
        }
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
            requireWhole(attributes.item(i));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            requireWhole(child);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute(LIMITS + "maxElementDepth", "200");
        factory.setAttribute(LIMITS + "elementAttributeLimit", "200");
        return factory;
    }
}
