package io.trunkline.benchmarks.throughput;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * Apache Camel as its manual has it: {@code camel-http}, {@code camel-jackson}, and {@code camel-sql} or {@code camel-file}
 * with a whole page as one message. It is given what makes it fast: no copy of the stream, no second parse, no split into
 * messages, no forcing to the disk, no place kept. For the same job it does what the library does: each record is a message, so
 * that one that does not fit is put aside as a dead letter and the others of its page go on; each page is forced to the disk,
 * which is the component's default; and then its place is kept in a file, where a run could go on.
 */
final class CamelLoader implements Loader {

    private static final String FIELDS =
            "Id, Name, FirstName, LastName, Phone, MobilePhone, HomePhone, OtherPhone, Fax,"
                    + " Email, AccountId, OwnerId, CreatedDate, SystemModstamp, IsDeleted";
    private static final String PLACE = "contacts.place";
    private static final String SOQL =
            "SELECT " + FIELDS + " FROM Contact${exchangeProperty.where} ORDER BY Id LIMIT " + PAGE;

    private final Target target;
    private final Path places = Files.createTempDirectory("places");
    private final List<Object> dead = new ArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    CamelLoader(URI org, Target target, boolean same) throws Exception {
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
                if (same) {
                    keepPlace(target.route(byRecords(page), true));
                } else {
                    target.route(page, false);
                }
            }
        });
        camel.start();
    }

    /** Each record is a message; those that come through are a page again. */
    private ProcessorDefinition<?> byRecords(ProcessorDefinition<?> page) {
        TryDefinition each = page.split(Builder.body(), CamelLoader::gathered).doTry();
        each.process(CamelLoader::check).doCatch(RuntimeException.class).process(this::putAside);
        return page;
    }

    private void keepPlace(ProcessorDefinition<?> written) {
        written.setBody(Builder.exchangeProperty("where")).to("file:" + places + "?fileName=" + PLACE);
    }

    /** Less than the library looks at. */
    private static void check(Exchange record) {
        Map<?, ?> fields = record.getMessage().getBody(Map.class);
        if (!(fields.get("Id") instanceof String) || !(fields.get("SystemModstamp") instanceof String)) {
            throw new IllegalArgumentException("neither id nor time");
        }
    }

    private void putAside(Exchange record) {
        dead.add(record.getMessage().getBody());
        record.getMessage().setBody(null);
    }

    @SuppressWarnings("unchecked") // The body is what was put there.
    private static Exchange gathered(Exchange page, Exchange record) {
        List<Object> records =
                page == null ? new ArrayList<>() : page.getMessage().getBody(List.class);
        Object fields = record.getMessage().getBody();
        if (fields != null) {
            records.add(fields);
        }
        Exchange whole = page == null ? record : page;
        whole.getMessage().setBody(records);
        return whole;
    }

    @Override
    public void load() throws Exception {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            String where = "";
            while (where != null) {
                where = page(template, where);
            }
        }
        if (!dead.isEmpty()) {
            throw new IllegalStateException(dead.size() + " contacts were put aside");
        }
        target.finish();
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        Files.deleteIfExists(places.resolve(PLACE));
        Files.delete(places);
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
