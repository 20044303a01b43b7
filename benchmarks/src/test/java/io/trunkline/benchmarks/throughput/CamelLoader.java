package io.trunkline.benchmarks.throughput;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * Apache Camel as its manual has it: {@code camel-http}, {@code camel-jackson}, and {@code camel-sql} or {@code camel-file}
 * with a whole page as one message. It is given what makes it fast: no copy of the stream, no second parse, no split into
 * messages.
 */
final class CamelLoader implements Loader {

    private static final String FIELDS =
            "Id, Name, FirstName, LastName, Phone, MobilePhone, HomePhone, OtherPhone, Fax,"
                    + " Email, AccountId, OwnerId, CreatedDate, SystemModstamp, IsDeleted";
    private static final String SOQL =
            "SELECT " + FIELDS + " FROM Contact${exchangeProperty.where} ORDER BY Id LIMIT " + PAGE;

    private final Target target;
    private final DefaultCamelContext camel = new DefaultCamelContext();

    CamelLoader(URI org, Target target) throws Exception {
        this.target = target;
        camel.setStreamCaching(false);
        String query = org + "services/data/v66.0/queryAll?disableStreamCache=true&throwExceptionOnFailure=true";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> page = from("direct:page")
                        .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                        .setHeader("Authorization", constant("Bearer token"))
                        .setHeader("q", simple(SOQL))
                        .setHeader(Exchange.HTTP_QUERY, simple("q=${header.q}"))
                        .setBody(constant((Object) null))
                        .to(query)
                        .unmarshal()
                        .json(JsonLibrary.Jackson, Map.class)
                        .process(CamelLoader::next)
                        .filter(exchangeProperty("more"));
                target.route(page);
            }
        });
        camel.start();
    }

    @Override
    public void load() throws Exception {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            String where = "";
            while (where != null) {
                where = page(template, where);
            }
        }
        target.finish();
    }

    @Override
    public void close() {
        camel.stop();
    }

    /** An exchange a page: Camel holds what belongs to an exchange, its answers among it, until that has ended. */
    private static String page(ProducerTemplate template, String where) throws Exception {
        Exchange done = template.send("direct:page", exchange -> exchange.setProperty("where", where));
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty("more", Boolean.class) ? done.getProperty("where", String.class) : null;
    }

    private static void next(Exchange exchange) {
        List<?> records = (List<?>) exchange.getMessage().getBody(Map.class).get("records");
        exchange.getMessage().setBody(records);
        exchange.setProperty("more", !records.isEmpty());
        if (!records.isEmpty()) {
            Object last = ((Map<?, ?>) records.get(records.size() - 1)).get("Id");
            exchange.setProperty("where", " WHERE Id > '" + last + "'");
        }
    }
}
