package io.trunkline.crm.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallerLookupTest {

    private static final PhoneNumber CALLER = PhoneNumber.parse("+447700900123");

    private final FakeSalesforce west = new FakeSalesforce();
    private final FakeSalesforce east = new FakeSalesforce();
    private final Trunkline trunkline = Watched.trunkline()
            .connect("west", setup(west))
            .connect("east", setup(east))
            .build();

    private static ConnectorSetup setup(FakeSalesforce org) {
        return Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s"));
    }

    @AfterEach
    void close() {
        trunkline.close();
        west.close();
        east.close();
    }

    @Test
    void find_knownInBoth_givesBoth() {
        west.row("Contact", Map.of("LastName", "A", "Phone", "07700900123"));
        east.row("Contact", Map.of("LastName", "B", "MobilePhone", "+447700900123"));

        CallerMatches matches = CallerLookup.over(trunkline).find(CALLER, Duration.ofSeconds(10));

        assertEquals(2, matches.contacts().size());
        assertTrue(matches.complete());
    }

    @Test
    void find_oneSystemSilentAndOneDown_answersAtTheDeadlineWithWhatIsThere() {
        trunkline.verify("west", Duration.ofSeconds(10));
        trunkline.verify("east", Duration.ofSeconds(10));
        west.platform().next(Fault.silence());
        east.platform().next(Fault.status(403), Fault.status(403), Fault.status(403));
        long start = System.nanoTime();

        CallerMatches matches = CallerLookup.over(trunkline).find(CALLER, Duration.ofMillis(600));

        assertTrue(System.nanoTime() - start < Duration.ofSeconds(3).toNanos());
        assertFalse(matches.complete());
        assertTrue(!(matches.answers().get("west") instanceof CallerMatches.Answer.Found));
        assertInstanceOf(CallerMatches.Answer.Failed.class, matches.answers().get("east"));
        assertTrue(matches.contacts().isEmpty());
    }
}
