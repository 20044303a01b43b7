package io.trunkline.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Short ways through an XML document: children by local name, whatever prefix the sender chose. */
public final class XmlElements {

    private XmlElements() {}

    /** The children of an element that have the local name, in order. */
    public static List<Element> children(Element parent, String localName) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getLocalName().equals(localName)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first child of the local name. */
    public static Optional<Element> child(Element parent, String localName) {
        return children(parent, localName).stream().findFirst();
    }

    /** All child elements in order. */
    public static List<Element> all(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                found.add(child);
            }
        }
        return found;
    }

    /** The text of the first child of the local name, stripped; empty if there is no such child or no text. */
    public static Optional<String> text(Element parent, String localName) {
        return child(parent, localName)
                .map(child -> child.getTextContent().strip())
                .filter(text -> !text.isEmpty());
    }
}
