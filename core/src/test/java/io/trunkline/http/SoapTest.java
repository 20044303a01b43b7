package io.trunkline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.ProtocolException;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.mapping.SecureXml;
import io.trunkline.mapping.SoapAnswer;
import io.trunkline.mapping.SoapFault;
import io.trunkline.mapping.SoapRequest;
import io.trunkline.mapping.SoapVersion;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.value.CallOptions;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import retrofit2.http.Body;
import retrofit2.http.Headers;
import retrofit2.http.POST;

/** SOAP over the same pipeline as everything else. */
final class SoapTest {

    private static final String NAMESPACE = "urn:desk";
    private static final String V1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String V1_2 = "http://www.w3.org/2003/05/soap-envelope";

    /** What is asked. */
    @XmlRootElement(name = "find", namespace = NAMESPACE)
    static final class Find {
        @XmlElement(namespace = NAMESPACE)
        String phone = "";
    }

    /** What is answered. */
    @XmlRootElement(name = "found", namespace = NAMESPACE)
    static final class Found {
        @XmlElement(namespace = NAMESPACE)
        String name = "";
    }

    /** The operations. */
    interface Api {
        @POST("soap")
        @Headers("SOAPAction: \"urn:desk#find\"")
        @Safe("desk.find")
        ApiCall<SoapAnswer> find(@Body SoapRequest request);

        @POST("soap")
        @Once("desk.add")
        ApiCall<SoapAnswer> add(@Body SoapRequest request);
    }

    private final HttpStack stack = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();

    @AfterEach
    void close() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource(SoapVersion.class)
    void call_boundObjects_goThereAndBack(SoapVersion version) {
        String namespace = version == SoapVersion.V1_1 ? V1_1 : V1_2;
        String answer = envelope(namespace, "<d:found xmlns:d='urn:desk'><d:name>Zoë &amp; Łukasz</d:name></d:found>");
        try (LocalServer server = LocalServer.answering(xml(200, answer))) {
            Found found = api(server)
                    .find(SoapRequest.of(version, find("+1 <202> & \"]]>\"")))
                    .execute(CallOptions.DEFAULT)
                    .body(Found.class);

            assertEquals("Zoë & Łukasz", found.name);
            RecordedRequest request = server.lastRequest();
            Element sent = SoapAnswer.parse(request.getBody().toByteArray()).body();
            assertEquals("+1 <202> & \"]]>\"", sent.getTextContent());
            assertEquals(NAMESPACE, sent.getNamespaceURI());
            assertEquals("\"urn:desk#find\"", request.getHeaders().get("SOAPAction"));
        }
    }

    @Test
    void mediaType_actionOfVersionTwo_standsInIt() {
        SoapRequest request = SoapRequest.of(SoapVersion.V1_2, find("1")).action("urn:desk#find");

        assertEquals("application/soap+xml; charset=utf-8; action=\"urn:desk#find\"", request.mediaType());
        assertEquals(
                "text/xml; charset=utf-8",
                SoapRequest.of(SoapVersion.V1_1, find("1")).mediaType());
        assertThrows(IllegalArgumentException.class, () -> request.action("a\"; x=\"b"));
    }

    @Test
    void write_elementAndHeader_standInTheirPlaces() {
        Document session = SecureXml.create();
        session.appendChild(session.createElementNS(NAMESPACE, "s:session")).setTextContent("abc");

        byte[] written = SoapRequest.of(SoapVersion.V1_1, find("1"))
                .header(session.getDocumentElement())
                .write();
        SoapAnswer read = SoapAnswer.parse(written);

        assertEquals("session", read.headers().get(0).getLocalName());
        assertEquals("abc", read.headers().get(0).getTextContent());
        assertEquals("find", read.body().getLocalName());
    }

    @Test
    void write_elementsWithoutNamespace_stayAsTheyAre() {
        Document document = SecureXml.create();
        Element find = document.createElementNS(NAMESPACE, "d:find");
        document.appendChild(find);
        Element phone = document.createElement("phone");
        find.appendChild(phone).setTextContent("1");
        phone.setAttribute("kind", "mobile");
        phone.appendChild(document.createElement("deep"));

        Element read =
                SoapAnswer.parse(SoapRequest.of(SoapVersion.V1_2, find).write()).body();

        assertEquals("mobile", ((Element) read.getFirstChild()).getAttribute("kind"));
        assertEquals("deep", read.getFirstChild().getLastChild().getLocalName());
        assertNull(read.getFirstChild().getNamespaceURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0001b", "\ufffe", "\ud800", "\u000b"})
    void call_characterThatXmlCannotHold_isRefusedBeforeAnythingIsSent(String phone) {
        try (LocalServer server = LocalServer.answering(xml(200, ""))) {
            assertThrows(
                    InvalidRequestException.class,
                    () -> api(server)
                            .find(SoapRequest.of(SoapVersion.V1_1, find(phone)))
                            .execute(CallOptions.DEFAULT));

            assertEquals(0, server.count());
        }
    }

    @Test
    void call_sendersFault_isAnInvalidRequestWithoutTheReason() {
        String secret = Canary.secret();
        String fault = "<s:Fault><faultcode>s:Client</faultcode><faultstring>" + secret + "</faultstring></s:Fault>";
        try (LocalServer server = LocalServer.answering(xml(500, envelope(V1_1, fault)))) {
            ConnectorException thrown = Leaks.saw(assertThrows(InvalidRequestException.class, () -> find(server)));

            assertEquals(Optional.of("Client"), thrown.context().platformCode());
            assertEquals(1, server.count());
        }
    }

    @Test
    void call_platformsFault_isRepeatedOnlyWhereThatIsSafe() {
        String fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>";
        try (LocalServer server = LocalServer.answering(
                xml(500, envelope(V1_1, fault)), xml(200, envelope(V1_1, "<found xmlns='urn:desk'/>")))) {
            assertNotNull(find(server));
            assertEquals(2, server.count());
        }
        try (LocalServer server = LocalServer.answering(xml(500, envelope(V1_1, fault)))) {
            assertThrows(
                    OutcomeUnknownException.class,
                    () -> api(server)
                            .add(SoapRequest.of(SoapVersion.V1_1, find("1")))
                            .execute(CallOptions.DEFAULT));
            assertEquals(1, server.count());
        }
    }

    @Test
    void X16_faultInsideASuccess_isTheFault() {
        String fault = "<s:Fault><faultcode>f:INVALID_SESSION_ID</faultcode><faultstring>x</faultstring></s:Fault>";
        try (LocalServer server = LocalServer.answering(xml(200, envelope(V1_1, fault)))) {
            assertThrows(AuthenticationException.class, () -> find(server));
        }
    }

    @Test
    void fault_versionTwo_givesItsInnermostCode() {
        String fault =
                "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:m='urn:desk'>m:Outer</s:Value>"
                        + "<s:Subcode><s:Value xmlns:m='urn:desk'>m:Inner</s:Value></s:Subcode></s:Subcode></s:Code>"
                        + "<s:Reason><s:Text xml:lang='en'>because</s:Text></s:Reason><s:Detail><d>1</d></s:Detail></s:Fault>";

        SoapFault read = SoapFault.in(envelope(V1_2, fault).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();

        assertEquals("Inner", read.code());
        assertTrue(read.senders());
        assertEquals("because", read.reason());
        assertNotNull(read.detail());
        assertFalse(read.toString().contains("because"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<html/>",
                "<Envelope/>",
                "<e:Envelope xmlns:e='urn:other'/>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"
            })
    void parse_notAnEnvelope_isMalformed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThrows(MalformedDataException.class, () -> SoapAnswer.parse(bytes));
        assertEquals(Optional.empty(), SoapFault.in(bytes));
    }

    @Test
    void call_answerThatIsNoEnvelope_isAProtocolError() {
        try (LocalServer server = LocalServer.answering(xml(200, "<html><body>Log in</body></html>"))) {
            assertThrows(ProtocolException.class, () -> find(server));
        }
    }

    @Test
    void call_errorWithoutFault_meansItsStatus() {
        try (LocalServer server = LocalServer.answering(xml(401, "<html/>"))) {
            assertThrows(AuthenticationException.class, () -> find(server));
        }
    }

    private SoapAnswer find(LocalServer server) {
        return api(server).find(SoapRequest.of(SoapVersion.V1_1, find("1"))).execute(CallOptions.DEFAULT);
    }

    private Api api(LocalServer server) {
        return stack.connect(HttpConnectionSettings.builder("desk", Endpoints.of(server.uri()))
                        .errors(new SoapErrors(SoapTest::known))
                        .build())
                .api(Api.class);
    }

    private static Optional<PlatformError> known(SoapFault fault) {
        return fault.code().equals("INVALID_SESSION_ID")
                ? Optional.of(PlatformError.of(ErrorKind.AUTHENTICATION, "the session has ended"))
                : Optional.empty();
    }

    private static Find find(String phone) {
        Find find = new Find();
        find.phone = phone;
        return find;
    }

    private static MockResponse xml(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/xml")
                .body(body)
                .build();
    }

    private static String envelope(String namespace, String body) {
        return "<s:Envelope xmlns:s='" + namespace + "' xmlns:f='urn:fault'><s:Body>" + body + "</s:Body></s:Envelope>";
    }
}
