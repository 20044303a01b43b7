package example;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebService;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of both stacks: finds a name, fails for some numbers. */
@WebService(targetNamespace = DeskService.NAMESPACE, serviceName = "Desk")
public class DeskService {

    static final String NAMESPACE = "urn:desk";
    static final AtomicInteger CALLS = new AtomicInteger();

    /** The name that belongs to a number. */
    @WebMethod(action = "urn:desk#find")
    public String find(@WebParam(name = "phone") String phone) {
        CALLS.incrementAndGet();
        if (phone.isEmpty()) {
            throw new IllegalStateException("no number");
        }
        return "Zoë <" + phone + "> & Łukasz 王";
    }
}
