package io.trunkline.mapping;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Objects to elements and back, by Jakarta XML Binding. It is given trees only; texts are read by {@link SecureXml}. */
final class XmlBinding {

    private static final ClassValue<JAXBContext> CONTEXTS = new ClassValue<>() {
        @Override
        protected JAXBContext computeValue(Class<?> type) {
            try {
                return JAXBContext.newInstance(type);
            } catch (JAXBException e) {
                throw new IllegalArgumentException(type.getName() + " cannot be bound to XML", e);
            }
        }
    };

    private XmlBinding() {}

    static Node tree(Object part) {
        if (part instanceof Element element) {
            return element;
        }
        Document document = SecureXml.create();
        Class<?> type = part instanceof JAXBElement<?> element ? element.getDeclaredType() : part.getClass();
        try {
            CONTEXTS.get(type).createMarshaller().marshal(part, document);
            return document;
        } catch (JAXBException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be written as one element", e);
        }
    }

    static <T> T read(Node node, Class<T> type) {
        try {
            return CONTEXTS.get(type).createUnmarshaller().unmarshal(node, type).getValue();
        } catch (JAXBException e) {
            throw new MalformedDataException("XML does not fit " + type.getSimpleName());
        }
    }
}
