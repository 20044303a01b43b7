package io.trunkline.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorsTest {

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void of_anyKind_isASubclassThatKeepsTheKind(ErrorKind kind) {
        ConnectorException thrown = Failures.of("what to do", ErrorContext.of("crm", "contacts.get", kind));

        assertEquals(kind, thrown.kind());
        assertFalse(thrown.getClass() == ConnectorException.class);
        assertTrue(thrown.getMessage().contains("crm"), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("what to do"), thrown::getMessage);
    }

    @Test
    void context_changed_leavesTheOriginalAsItWas() {
        ErrorContext context = ErrorContext.of("crm", "get", ErrorKind.CONFLICT);
        ErrorContext more = context.withStatus(409)
                .withPlatformCode("DUPLICATE")
                .withRequestId("r-1")
                .withRetryAt(Instant.EPOCH);

        assertEquals(Optional.empty(), context.status());
        assertEquals(Optional.of(409), more.status());
        assertEquals(Optional.of("DUPLICATE"), more.platformCode());
        assertEquals(Optional.of("r-1"), more.withKind(ErrorKind.NOT_FOUND).requestId());
        assertEquals(Optional.of(Instant.EPOCH), more.retryAt());
    }

    @Test
    void context_codeOfAPlatform_cannotForgeALogLine() {
        ErrorContext context = ErrorContext.of("crm", "get", ErrorKind.CONFLICT)
                .withPlatformCode("A\r\nERROR all is lost " + "x".repeat(200));

        String code = context.platformCode().orElseThrow();
        assertTrue(code.length() <= 100 && code.chars().noneMatch(Character::isISOControl), code);
    }
}
