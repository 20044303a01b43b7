package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge passes what fits and catches each planted fault. */
final class SpecJudgeTest {

    private static final String DESCRIPTION = """
            {"openapi":"VERSION","info":{"title":"t","version":"1"},
             "paths":{"/people/{id}":{
               "parameters":[{"name":"fields","in":"query","schema":{"type":"string"}},
                             {"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
               "get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Person"}}}}}},
               "patch":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Person"}},
                        "application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"Age":{"type":"integer"},"To":{"type":"string"}}}}}},
                        "responses":{"204":{"description":"done"}}}}},
             "components":{"schemas":{"Person":{"allOf":[{"$ref":"#/components/schemas/Named"},
                {"type":"object","properties":{"age":{"type":"integer"},"tags":{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}}}}}]},
               "Named":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}}}
            """;

    private static List<String> judged(String version, String body, String contentType, FakeReply reply)
            throws Exception {
        try (FakePlatform platform = FakePlatform.start()
                .on("GET", "/base/people/(.*)", request -> reply)
                .on("PATCH", "/base/people/(.*)", request -> reply)) {
            AttemptLedger.shared().attempted(platform.uri());
            URI uri = platform.uri().resolve("base/people/7" + (contentType.isEmpty() ? body : ""));
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            if (contentType.isEmpty()) {
                request.GET();
            } else {
                request.header("Content-Type", contentType).method("PATCH", HttpRequest.BodyPublishers.ofString(body));
            }
            HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding());
            SpecJudge judge = SpecJudge.of(DESCRIPTION.replace("VERSION", version), "/base");
            assertEquals(Set.of(), judge.unjudged(platform.exchanges()));
            return judge.problems(platform.exchanges());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0.3", "3.1.0"})
    void problems_fittingExchanges_areNone(String version) throws Exception {
        FakeReply person = FakeReply.json(200, Map.of("name", "a", "age", 3, "tags", List.of(Map.of("k", "v"))));

        assertEquals(List.of(), judged(version, "?fields=name", "", person));
        assertEquals(
                List.of(), judged(version, "{\"name\":\"a\",\"age\":3}", "application/json", FakeReply.empty(204)));
        assertEquals(
                List.of(),
                judged(version, "Age=3&To=%2B15550100", "application/x-www-form-urlencoded", FakeReply.empty(204)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"aeg\":3} | aeg",
                "{\"name\":\"a\",\"age\":\"x\"} | age",
                "{\"age\":3} | name",
                "{\"name\":\"a\",\"tags\":[{\"q\":\"v\"}]} | q",
                "not json | JSON"
            })
    void problems_faultyRequest_areCaught(String body, String expected) throws Exception {
        for (String version : List.of("3.0.3", "3.1.0")) {
            List<String> problems = judged(version, body, "application/json", FakeReply.empty(204));

            assertTrue(problems.toString().contains(expected), () -> version + problems);
        }
    }

    @Test
    void problems_faultyAnswerParameterMediaTypeOrForm_areCaught() throws Exception {
        assertEquals(
                1,
                judged("3.0.3", "", "", FakeReply.json(200, Map.of("name", "a", "extra", 1)))
                        .size());
        assertEquals(
                1,
                judged("3.0.3", "?feilds=a", "", FakeReply.json(200, Map.of("name", "a")))
                        .size());
        assertEquals(
                1,
                judged("3.0.3", "<a/>", "application/xml", FakeReply.empty(204)).size());
        assertEquals(
                1,
                judged("3.0.3", "Age=x", "application/x-www-form-urlencoded", FakeReply.empty(204))
                        .size());
        assertEquals(
                1,
                judged("3.0.3", "{\"name\":\"a\"}", "application/json", FakeReply.empty(202))
                        .size());
    }
}
