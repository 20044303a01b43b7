package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which the platform writes a time is read, and nothing else. */
final class SalesforceTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:05:09.120+0000",
                "2024-02-29T23:05:09.120Z",
                "2024-02-29T23:05:09.120+00:00",
                "2024-03-01T01:05:09.120+0200"
            })
    void find_anyFormOfATime_isThatTime(String text) {
        assertEquals(Instant.parse("2024-02-29T23:05:09.120Z"), SalesforceTime.find(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "2024-02-29",
                "2024-13-01T00:00:00.000+0000",
                "2024-02-01T25:00:00.000+0000",
                "2024-02-01T00:60:00.000+0000",
                "2024-02-0\u0661T00:00:00.000+0000",
                "2024-02-01T00:00:00.000+0000 "
            })
    void find_whatIsNoTime_isNothing(String text) {
        assertNull(SalesforceTime.find(text));
    }
}
