package example;

import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.soap.SOAPBinding;

/** The same service in SOAP 1.2. */
@WebService(targetNamespace = DeskService.NAMESPACE, serviceName = "Desk")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public class DeskService12 extends DeskService {}
