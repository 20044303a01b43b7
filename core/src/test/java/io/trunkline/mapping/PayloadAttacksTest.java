package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are made to cost time, memory or secrets. */
final class PayloadAttacksTest {

    /** Much more than any of them needs here, on a machine that does other things too. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final int MILLION = 1_000_000;

    static Stream<String> refusedJson() {
        String digits = "9".repeat(1_600_000);
        return Stream.of(
                "{\"n\":" + digits + "}",
                "{\"n\":-" + digits + "}",
                "{\"n\":0." + digits + "}",
                "{\"n\":1e" + digits + "}",
                "{\"n\":1E999999999}",
                "{\"n\":-1E-999999999}",
                "{\"a\":".repeat(MILLION),
                "[".repeat(MILLION),
                "{\"a\":1,\"a\":2}",
                "{\"n\":NaN}",
                "{\"n\":Infinity}",
                "{\"n\":+1}",
                "{\"n\":01}",
                "{\"n\":.5}",
                "{n:1}",
                "{'n':1}",
                "{\"n\":1,}",
                "{\"n\":1} {}",
                "{\"n\":1}x",
                "// c\n{}",
                "\ufeff\ufeff{}",
                "\0{}",
                "<html>login</html>",
                "{\"s\":\"" + "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("refusedJson")
    void T34_hostileJson_isRefusedAtOnce(String json) {
        byte[] bytes = utf8(json);

        MalformedDataException thrown = assertTimeoutPreemptively(
                AT_ONCE, () -> assertThrows(MalformedDataException.class, () -> Json.object(bytes)));

        assertTrue(thrown.getMessage().length() <= 200, thrown::getMessage);
    }

    static Stream<String> acceptedJson() {
        StringBuilder keys = new StringBuilder("{\"k\":0");
        for (int i = 0; i < MILLION; i++) {
            keys.append(",\"k").append(i).append("\":0");
        }
        return Stream.of(
                keys.append('}').toString(),
                "{\"s\":\"" + "x".repeat(50_000_000) + "\"}",
                "{\"s\":\"\\ud800\",\"t\":\"\ud83d\ude00\"}",
                "{\"a\":[" + "[],".repeat(300_000) + "0]}",
                "\ufeff{}");
    }

    @ParameterizedTest
    @MethodSource("acceptedJson")
    void T34_largeButSoundJson_isReadInTime(String json) {
        byte[] bytes = utf8(json);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertFalse(Json.object(bytes) == null));
    }

    @Test
    void T34_invalidUtf8_neverCrashesTheReader() {
        for (String bytes : List.of("\u00c3(", "\u00ff\u00fe", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f8\u0088")) {
            byte[] json = ("{\"s\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(1, Json.object(json).size());
        }
    }

    static Stream<String> refusedXml() {
        String many = Stream.iterate(0, i -> i + 1)
                .limit(100_000)
                .map(i -> " a" + i + "=''")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        return Stream.of(
                "<a" + many + "/>",
                "<!DOCTYPE a [<!ENTITY x \"" + "y".repeat(50_000) + "\">]><a>" + "&x;".repeat(50_000) + "</a>",
                "<!DOCTYPE a><a/>",
                "<!doctype a><a/>",
                "<a>".repeat(100_000),
                "<a>&undefined;</a>",
                "<a b='1' b='2'/>",
                "<x:a/>",
                "<a/><b/>",
                "<a>\0</a>",
                "<a>&#0;</a>",
                "",
                "{}",
                "<?xml version='1.0' encoding='UTF-7'?>+ADw-a/+AD4-",
                "<?xml version='1.0' encoding='no-such'?><a/>",
                "<?xml version='1.0' encoding='EBCDIC-CP-US'?><!DOCTYPE a><a/>");
    }

    @ParameterizedTest
    @MethodSource("refusedXml")
    void T36_hostileXml_isRefusedAtOnce(String xml) {
        byte[] bytes = utf8(xml);

        MalformedDataException thrown = assertTimeoutPreemptively(
                AT_ONCE, () -> assertThrows(MalformedDataException.class, () -> SecureXml.parse(bytes)));

        assertTrue(thrown.getMessage().length() <= 200, thrown::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-8"})
    void T36_entityInAnotherEncoding_leaksNoFile(String encoding, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret.txt"), Canary.secret());
        String xml = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><!DOCTYPE a [<!ENTITY e SYSTEM \""
                + file.toUri() + "\">]><a>&e;</a>";

        Leaks.saw(assertThrows(
                MalformedDataException.class, () -> SecureXml.parse(xml.getBytes(Charset.forName(encoding)))));
    }

    @Test
    void T36_stylesheetsSchemasAndIncludes_areNotFetched() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            for (String xml : List.of(
                    "<?xml-stylesheet type=\"text/xsl\" href=\"%s\"?><a/>",
                    "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:a %s\"/>",
                    "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"%s\" parse=\"text\"/></a>",
                    "<a xml:base=\"%s\"/>",
                    "<!DOCTYPE a PUBLIC \"-//X\" \"%s\"><a/>",
                    "<!DOCTYPE a [<!ENTITY %% p SYSTEM \"%s\">%%p;]><a/>")) {
                byte[] bytes = utf8(xml.formatted(server.uri()));
                try {
                    SecureXml.write(SecureXml.parse(bytes));
                } catch (MalformedDataException e) {
                    assertTrue(xml.contains("DOCTYPE"), xml);
                }
            }
            assertEquals(0, server.count());
        }
    }

    @Test
    void T37_addressToReplyToAndDescription_areNotCalled() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, ""))) {
            String envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                    + " xmlns:w=\"http://www.w3.org/2005/08/addressing\"><s:Header><w:ReplyTo><w:Address>"
                    + server.uri()
                    + "</w:Address></w:ReplyTo></s:Header><s:Body><a xmlns:d=\"http://schemas.xmlsoap.org/wsdl/\">"
                    + "<d:import location=\"" + server.uri() + "\"/></a></s:Body></s:Envelope>";

            SoapAnswer answer = SoapAnswer.parse(utf8(envelope));

            assertEquals("a", answer.body().getLocalName());
            assertEquals(1, answer.headers().size());
            assertEquals(0, server.count());
        }
    }

    @Test
    void T36_text_writtenAndRead_isTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int length = random.nextInt(20); length > 0; length--) {
                int character = random.nextInt(0x10ffff);
                text.appendCodePoint(Character.isLetterOrDigit(character) ? character : '<');
            }
            var document = SecureXml.create();
            var element = document.createElementNS("urn:x", "a");
            element.setTextContent(text + "]]>&amp;");
            element.setAttribute("b", text.toString());
            document.appendChild(element);

            var back = SecureXml.parse(utf8(SecureXml.write(document))).getDocumentElement();

            assertEquals(text + "]]>&amp;", back.getTextContent(), "seed " + seed);
            assertEquals(text.toString(), back.getAttribute("b"), "seed " + seed);
        }
    }

    @Test
    void T45_valuesOfAFieldMapping_cannotAddFieldsOrBreakOut() {
        FieldMapping mapping = FieldMapping.parse("vip = VIP__c; note = Note__c");
        for (String value : List.of(
                "\",\"Admin__c\":true,\"x\":\"",
                "\\",
                "\\\"",
                "}",
                "</Note__c><Admin__c>",
                "${x}",
                "{{x}}",
                "\n",
                "\u2028")) {
            Map<String, Object> platform = mapping.toPlatform(Map.of("vip", value, "note", value));

            Map<String, Object> back = Json.object(Json.write(platform));

            assertEquals(Map.of("VIP__c", value, "Note__c", value), back);
            assertEquals(Map.of("vip", value, "note", value), mapping.toHost(back));
        }
        for (String name : List.of("a\":1,\"b", "a b", "a{", "a;b=c;d", "a\n", "a=b=c", "<a>", "")) {
            assertThrows(
                    IllegalArgumentException.class, () -> FieldMapping.parse("host = " + name + " = x : y : z"), name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void read_longTextOfDigitsAfterQuotesInIt_isNoNumber(int offset) {
        String text = "x".repeat(offset) + "\"".repeat(20_000) + "9".repeat(20_000);

        assertEquals(Map.of("t", text), Json.object(Json.write(Map.of("t", text))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
