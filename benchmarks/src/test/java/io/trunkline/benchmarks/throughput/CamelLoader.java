package io.trunkline.benchmarks.throughput;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * Apache Camel as its manual has it: a loop over {@code camel-http}, {@code camel-jackson}, and {@code camel-sql} with a
 * whole page as one batch. It is given what makes it fast: no copy of the stream, no second parse, no split into messages.
 */
final class CamelLoader implements Loader {

    private static final String FIELDS =
            "Id, Name, FirstName, LastName, Phone, MobilePhone, HomePhone, OtherPhone, Fax,"
                    + " Email, AccountId, OwnerId, CreatedDate, SystemModstamp, IsDeleted";
    private static final String SOQL =
            "SELECT " + FIELDS + " FROM Contact${exchangeProperty.where} ORDER BY Id LIMIT " + PAGE;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    CamelLoader(URI org, DataSource database) throws Exception {
        camel.getRegistry().bind("database", database);
        String query = org + "services/data/v66.0/queryAll?disableStreamCache=true&throwExceptionOnFailure=true";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load")
                        .setProperty("where", constant(""))
                        .setProperty("more", constant(true))
                        .loopDoWhile(exchangeProperty("more"))
                        .removeHeaders("*")
                        .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                        .setHeader("Authorization", constant("Bearer token"))
                        .setHeader("q", simple(SOQL))
                        .setHeader(Exchange.HTTP_QUERY, simple("q=${header.q}"))
                        .setBody(constant((Object) null))
                        .to(query)
                        .unmarshal()
                        .json(JsonLibrary.Jackson, Map.class)
                        .process(CamelLoader::next)
                        .filter(exchangeProperty("more"))
                        .to("sql:" + upsert() + "?batch=true&dataSource=#database")
                        .end()
                        .end();
            }
        });
        camel.start();
    }

    @Override
    public void load() throws Exception {
        Exchange done = camel.createProducerTemplate().send("direct:load", exchange -> {});
        if (done.getException() != null) {
            throw done.getException();
        }
    }

    @Override
    public void close() {
        camel.stop();
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

    /** The statement written by hand, with names for marks; times come as text. */
    private static String upsert() {
        String[] parts = HandWrittenLoader.UPSERT.replaceAll("\\s+", " ").split("\\?", -1);
        List<String> names = List.of(
                "Id",
                "SystemModstamp",
                "Name",
                "FirstName",
                "LastName",
                "Phone",
                "MobilePhone",
                "HomePhone",
                "OtherPhone",
                "Fax",
                "Email",
                "AccountId",
                "OwnerId",
                "CreatedDate");
        String marked = IntStream.range(0, names.size())
                .mapToObj(i -> parts[i] + mark(names.get(i)))
                .collect(Collectors.joining());
        return marked + parts[names.size()];
    }

    private static String mark(String name) {
        boolean time = name.equals("SystemModstamp") || name.equals("CreatedDate");
        return time ? "CAST(:#" + name + " AS TIMESTAMPTZ)" : ":#" + name;
    }
}
