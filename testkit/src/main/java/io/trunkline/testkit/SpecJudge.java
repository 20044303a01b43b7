package io.trunkline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Judges exchanges with a fake platform by the API description that the platform itself publishes, in both directions: a
 * request that the platform would not take, and an answer that it would not give, are both told.
 */
public final class SpecJudge {

    private static final String STREAM = "text/event-stream";

    private final JsonNode document;
    private final SpecSchemas schemas;
    private final String basePath;

    private SpecJudge(JsonNode document, String basePath) {
        this.document = document;
        this.schemas = new SpecSchemas(document);
        this.basePath = basePath;
    }

    /**
     * Reads a description from the folder that {@code -Dtrunkline.specs} names.
     *
     * @param basePath what stands before the description's paths in the addresses that are judged
     * @return empty if no folder is named: then nothing is judged, and the test must say so
     */
    public static Optional<SpecJudge> load(String file, String basePath) {
        String folder = System.getProperty("trunkline.specs", "");
        if (folder.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Files.readString(Path.of(folder, file)), basePath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a description from its text. */
    public static SpecJudge of(String json, String basePath) throws IOException {
        return new SpecJudge(new ObjectMapper().readTree(json), basePath);
    }

    /** The operations of the exchanges that the description does not hold, so that they were not judged. */
    public Set<String> unjudged(List<FakePlatform.Exchange> exchanges) {
        Set<String> operations = new TreeSet<>();
        exchanges.stream()
                .map(FakePlatform.Exchange::request)
                .filter(request -> operation(request).isEmpty())
                .forEach(request -> operations.add(request.method() + " " + request.path()));
        return operations;
    }

    /** Everything in the exchanges that does not fit the description, one line each; see {@link #unjudged} too. */
    public List<String> problems(List<FakePlatform.Exchange> exchanges) {
        Set<String> problems = new TreeSet<>();
        for (FakePlatform.Exchange exchange : exchanges) {
            FakeRequest request = exchange.request();
            String name = request.method() + " " + request.path();
            Optional<JsonNode> operation = operation(request);
            if (operation.isPresent()) {
                request(operation.get(), request).forEach(problem -> problems.add(name + " request " + problem));
                reply(operation.get(), exchange.reply()).forEach(problem -> problems.add(name + " answer " + problem));
            }
        }
        return List.copyOf(problems);
    }

    /** Everything in streams of server-sent events that does not fit the description, one line each. */
    public List<String> streamProblems(List<FakePlatform.Exchange> exchanges) {
        Set<String> problems = new TreeSet<>();
        for (FakePlatform.Exchange exchange : exchanges) {
            boolean stream =
                    exchange.reply().headers().getOrDefault("Content-Type", "").startsWith(STREAM);
            operation(exchange.request()).filter(operation -> stream).ifPresent(operation -> {
                JsonNode schema =
                        operation.at("/responses/200/content").path(STREAM).path("schema");
                if (schema.isMissingNode()) {
                    problems.add(exchange.request().path() + " is not documented as a stream");
                } else {
                    problems.addAll(events(schema, exchange.reply().text()));
                }
            });
        }
        return List.copyOf(problems);
    }

    private Optional<JsonNode> operation(FakeRequest request) {
        String raw = request.url().getRawPath();
        if (!raw.startsWith(basePath)) {
            return Optional.empty();
        }
        String path = raw.substring(basePath.length());
        String verb = request.method().toLowerCase(Locale.ROOT);
        JsonNode best = null;
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
            int parameters = entry.getKey().split("\\{", -1).length;
            if (entry.getValue().has(verb)
                    && parameters < fewest
                    && pattern(entry.getKey()).matcher(path).matches()) {
                best = merged(entry.getValue(), verb);
                fewest = parameters;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The operation with the parameters that its path shares. */
    private JsonNode merged(JsonNode path, String verb) {
        ObjectNode operation = path.get(verb).deepCopy();
        ArrayNode parameters = operation.withArray("parameters");
        path.path("parameters").forEach(parameters::add);
        return operation;
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(("\\Q" + template + "\\E").replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q"));
    }

    private List<String> request(JsonNode operation, FakeRequest request) {
        List<String> problems = new ArrayList<>(parameters(operation, request));
        JsonNode body = schemas.resolved(operation.path("requestBody"));
        if (body.isMissingNode()) {
            if (request.body().length > 0) {
                problems.add("has a body that is not documented");
            }
            return problems;
        }
        String type =
                request.header("Content-Type").orElse("").replaceAll(";.*", "").strip();
        JsonNode schema = body.path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            if (body.path("required").asBoolean() || request.body().length > 0) {
                problems.add("has media type " + type + ", which is not documented");
            }
        } else if (type.equals("application/json")) {
            problems.addAll(schemas.problems(schema, json(request.text())));
        } else if (type.equals("application/x-www-form-urlencoded")) {
            problems.addAll(schemas.problems(schema, schemas.coerced(schema, request.form())));
        }
        return problems;
    }

    private List<String> parameters(JsonNode operation, FakeRequest request) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = schemas.resolved(each);
            String name = parameter.path("name").asText();
            if (!parameter.path("in").asText().equals("query")) {
                continue;
            }
            known.add(name);
            List<String> values = request.queryAll().get(name);
            if (values == null) {
                if (parameter.path("required").asBoolean()) {
                    problems.add("lacks parameter " + name);
                }
            } else {
                JsonNode schema = parameter.path("schema");
                schemas.problems(schema, schemas.coerced(schema, values))
                        .forEach(problem -> problems.add(name + " " + problem));
            }
        }
        request.queryAll().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("has parameter " + name + ", which is not documented"));
        return problems;
    }

    private List<String> reply(JsonNode operation, FakeReply reply) {
        JsonNode responses = operation.path("responses");
        JsonNode response = responses.path(String.valueOf(reply.status()));
        for (String fallback : List.of(reply.status() / 100 + "XX", "default")) {
            response = response.isMissingNode() ? responses.path(fallback) : response;
        }
        if (response.isMissingNode()) {
            // Few descriptions list every refusal; success must be listed.
            return reply.status() < 400
                    ? List.of("has status " + reply.status() + ", which is not documented")
                    : List.of();
        }
        JsonNode content = schemas.resolved(response).path("content");
        String type = reply.headers()
                .getOrDefault("Content-Type", "")
                .replaceAll(";.*", "")
                .strip();
        JsonNode schema = content.path(type).path("schema");
        if (schema.isMissingNode()) {
            return List.of();
        }
        return type.equals("application/json") ? schemas.problems(schema, json(reply.text())) : List.of();
    }

    /** Each event but the mark at the end of the stream. */
    private List<String> events(JsonNode schema, String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> !data.equals("[DONE]"))
                .flatMap(data -> schemas.problems(schema, json(data)).stream())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
