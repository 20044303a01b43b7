package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The XML table: what the JDK's parsers do by default and this library's must not. */
final class SecureXmlTest {

    @Test
    void XML_externalEntity_leaksNoFile(@TempDir Path folder) throws Exception {
        String secret = Canary.secret();
        Path file = Files.writeString(folder.resolve("secret.txt"), secret);
        byte[] xml = utf8("<!DOCTYPE a [<!ENTITY e SYSTEM \"" + file.toUri() + "\">]><a>&e;</a>");

        // The control: the parser as it comes reads the file.
        Document leaked =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        assertEquals(secret, leaked.getDocumentElement().getTextContent());

        Leaks.saw(assertThrows(MalformedDataException.class, () -> SecureXml.parse(xml)));
    }

    @Test
    void XML_externalDocumentType_isNotFetched() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            byte[] xml = utf8("<!DOCTYPE a SYSTEM \"" + server.uri() + "a.dtd\"><a/>");

            assertThrows(MalformedDataException.class, () -> SecureXml.parse(xml));

            assertEquals(0, server.count());
        }
    }

    @Test
    void XML_parameterEntity_isNotFetched() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            byte[] xml = utf8("<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + server.uri() + "p\"> %p;]><a/>");

            assertThrows(MalformedDataException.class, () -> SecureXml.parse(xml));

            assertEquals(0, server.count());
        }
    }

    @Test
    void XML_billionLaughs_isRefusedAtOnce() {
        StringBuilder xml = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            xml.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        byte[] bytes = utf8(xml.append("]><a>&l11;</a>").toString());

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(MalformedDataException.class, () -> SecureXml.parse(bytes)));
    }

    @Test
    void XML_schemaLocation_isNotFetched() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            byte[] xml = utf8("<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xsi:noNamespaceSchemaLocation=\"" + server.uri() + "a.xsd\"/>");

            assertEquals("a", SecureXml.parse(xml).getDocumentElement().getLocalName());

            assertEquals(0, server.count());
        }
    }

    @Test
    void XML_include_isNotFollowed() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            byte[] xml = utf8(
                    "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"" + server.uri() + "\"/></a>");

            SecureXml.parse(xml);

            assertEquals(0, server.count());
        }
    }

    @Test
    void XML_tooManyLevels_areRefused() {
        byte[] deep = utf8("<a>".repeat(5_000) + "</a>".repeat(5_000));

        assertThrows(MalformedDataException.class, () -> SecureXml.parse(deep));
    }

    @Test
    void parse_namespacesAndMarkup_comeBackTheSame() {
        Document document =
                SecureXml.parse(utf8("<x:a xmlns:x=\"urn:x\"><x:b> &lt;1&amp;2&gt; </x:b><x:b>two</x:b></x:a>"));

        assertEquals(
                "<1&2>", XmlElements.text(document.getDocumentElement(), "b").orElseThrow());
        assertEquals(2, XmlElements.children(document.getDocumentElement(), "b").size());
        assertEquals(
                "<x:a xmlns:x=\"urn:x\"><x:b> &lt;1&amp;2&gt; </x:b><x:b>two</x:b></x:a>", SecureXml.write(document));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
