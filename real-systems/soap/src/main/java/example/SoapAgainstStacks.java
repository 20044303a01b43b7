package example;

import com.sun.xml.ws.spi.ProviderImpl;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Once;
import io.trunkline.http.SoapErrors;
import io.trunkline.mapping.SecureXml;
import io.trunkline.mapping.SoapAnswer;
import io.trunkline.mapping.SoapRequest;
import io.trunkline.mapping.SoapVersion;
import io.trunkline.value.CallOptions;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.spi.Provider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import retrofit2.http.Body;
import retrofit2.http.Headers;
import retrofit2.http.POST;

/** The SOAP client against two independent stacks, Apache CXF and Eclipse Metro, in both versions of SOAP. */
public final class SoapAgainstStacks {

    /** The operation. */
    interface Api {
        @POST("desk")
        @Headers("SOAPAction: \"urn:desk#find\"")
        @Once("desk.find")
        ApiCall<SoapAnswer> find(@Body SoapRequest request);
    }

    private SoapAgainstStacks() {}

    /** Ends with 1 if anything is not as it should be. */
    public static void main(String[] args) throws Exception {
        int checked = 0;
        for (Provider stack : List.of(new org.apache.cxf.jaxws.spi.ProviderImpl(), new ProviderImpl())) {
            checked += check(stack, new DeskService(), SoapVersion.V1_1);
            checked += check(stack, new DeskService12(), SoapVersion.V1_2);
        }
        System.out.println("real-systems: SOAP against CXF and Metro, " + checked + " answers and faults read");
        Runtime.getRuntime().halt(0);
    }

    private static int check(Provider stack, DeskService service, SoapVersion version) throws Exception {
        URI address = free();
        Endpoint endpoint = stack.createAndPublishEndpoint(address + "desk", service);
        try (HttpStack http = HttpStack.builder().build()) {
            Api api = http.connect(HttpConnectionSettings.builder("desk", Endpoints.of(address))
                            .errors(new SoapErrors(fault -> Optional.empty()))
                            .build())
                    .api(Api.class);
            String name = find(api, version, "+4930 & 1").body().getTextContent();
            require(name.equals("Zoë <+4930 & 1> & Łukasz 王"), stack + ": " + name);
            int before = DeskService.CALLS.get();
            require(failure(api, version, "") == ErrorKind.OUTCOME_UNKNOWN, stack + ": the service's failure");
            require(DeskService.CALLS.get() == before + 1, stack + ": called again");
            require(failure(api, version, null) == ErrorKind.INVALID_REQUEST, stack + ": an unknown operation");
        } finally {
            endpoint.stop();
        }
        return 3;
    }

    private static ErrorKind failure(Api api, SoapVersion version, String phone) {
        try {
            return ErrorKind.valueOf(find(api, version, phone).body().getLocalName());
        } catch (ConnectorException e) {
            return e.kind();
        }
    }

    private static SoapAnswer find(Api api, SoapVersion version, String phone) {
        Document document = SecureXml.create();
        Element find = document.createElementNS(DeskService.NAMESPACE, phone == null ? "d:lose" : "d:find");
        document.appendChild(find);
        find.appendChild(document.createElement("phone")).setTextContent(String.valueOf(phone));
        return api.find(SoapRequest.of(version, find).action("urn:desk#find")).execute(CallOptions.DEFAULT);
    }

    private static URI free() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            System.out.println("real-systems: " + otherwise);
            Runtime.getRuntime().halt(1);
        }
    }
}
