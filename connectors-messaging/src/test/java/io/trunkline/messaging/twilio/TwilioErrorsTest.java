package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each documented refusal becomes for the caller, over the wire. */
final class TwilioErrorsTest {

    private final FakeTwilio account = new FakeTwilio();
    private final String token = Canary.secret();
    private final Trunkline trunkline =
            Watched.trunkline().connect("sms", setup(token)).build();

    private ConnectorSetup setup(String secret) {
        return Twilio.account(FakeTwilio.SID, Secret.of(secret))
                .with(CommonSettings.BASE_URL, List.of(account.platform().uri()))
                .with(Twilio.FROM, "+15005550006");
    }

    @AfterEach
    void close() {
        trunkline.close();
        account.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400,21211,INVALID_ADDRESS", "400,21214,INVALID_ADDRESS", "400,21217,INVALID_ADDRESS",
        "400,21401,INVALID_ADDRESS", "400,21421,INVALID_ADDRESS", "400,21604,INVALID_ADDRESS",
        "400,21614,INVALID_ADDRESS", "400,63003,INVALID_ADDRESS", "400,63024,INVALID_ADDRESS",
        "400,63031,INVALID_ADDRESS", "400,21610,OPTED_OUT", "400,21219,BLOCKED",
        "403,21408,BLOCKED", "400,21608,BLOCKED", "400,21612,BLOCKED",
        "400,21635,BLOCKED", "400,63015,BLOCKED", "400,63032,BLOCKED",
        "400,21212,INVALID_SENDER", "400,21213,INVALID_SENDER", "400,21603,INVALID_SENDER",
        "400,21606,INVALID_SENDER", "400,21659,INVALID_SENDER", "400,21660,INVALID_SENDER",
        "400,21661,INVALID_SENDER", "400,21701,INVALID_SENDER", "400,21703,INVALID_SENDER",
        "400,21704,INVALID_SENDER", "400,21705,INVALID_SENDER", "400,63007,INVALID_SENDER",
        "400,63020,INVALID_SENDER", "400,63022,INVALID_SENDER", "400,21655,TEMPLATE",
        "400,21656,TEMPLATE", "400,63027,TEMPLATE", "400,63028,TEMPLATE",
        "400,21602,CONTENT", "400,21605,CONTENT", "400,21617,CONTENT",
        "400,21619,CONTENT", "400,21620,CONTENT", "400,21623,CONTENT",
        "400,63013,CONTENT", "400,63016,WINDOW_CLOSED", "402,20005,INSUFFICIENT_FUNDS",
        "401,20003,CREDENTIAL", "403,20003,CREDENTIAL", "400,99999,OTHER"
    })
    void send_refusedWithACode_isRejectedForItsReasonAndNotRepeated(int status, String code, RejectReason reason) {
        account.platform().next(Fault.answer(status, "application/json", body(code)));

        SendOutcome.Rejected rejected = assertInstanceOf(
                SendOutcome.Rejected.class, trunkline.client(Sms.class, "sms").send(message("r")));

        assertEquals(reason, rejected.reason());
        assertEquals(code, rejected.platformCode());
        assertEquals(1, account.platform().count());
        assertEquals(0, account.messages().size());
        Leaks.printed(rejected);
    }

    @ParameterizedTest
    @CsvSource({
        "30001,RATE_LIMITED",
        "30002,BLOCKED",
        "30003,INVALID_ADDRESS",
        "30004,BLOCKED",
        "30005,INVALID_ADDRESS",
        "30006,INVALID_ADDRESS",
        "30007,CONTENT",
        "30019,CONTENT",
        "30022,RATE_LIMITED",
        "30023,RATE_LIMITED",
        "30032,INVALID_SENDER",
        "30034,INVALID_SENDER",
        "30037,BLOCKED",
        "30038,CONTENT",
        "30450,BLOCKED",
        "63005,CONTENT",
        "63012,UNAVAILABLE",
        "63018,RATE_LIMITED",
        "63038,RATE_LIMITED",
        "63041,TEMPLATE",
        "63049,BLOCKED"
    })
    void reason_codeOfAReceipt_isInOurWords(String code, RejectReason reason) {
        assertEquals(reason, TwilioErrors.reason(code).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":21610,\"message\":\"m\",\"status\":400} | 21610",
                "{\"errors\":[{\"code\":21610,\"message\":\"m\"}]} | 21610",
                "{\"type\":\"t\",\"title\":\"m\",\"status\":400,\"code\":21610} | 21610",
                "{\"code\":\"21610\"} | 21610",
                "{\"errors\":[]} | ''",
                "{} | ''",
                "<html>bad request</html> | ''",
                "[] | ''"
            })
    void send_refusedInAnyForm_namesTheCodeOrNone(String body, String code) {
        account.platform().next(Fault.answer(400, "application/json", body));

        SendOutcome.Rejected rejected = assertInstanceOf(
                SendOutcome.Rejected.class, trunkline.client(Sms.class, "sms").send(message("r")));

        assertEquals(code, rejected.platformCode());
    }

    @Test
    void X22_throttledWithoutHeader_isRepeatedAndSentOnce() {
        account.platform().next(Fault.answer(429, "application/json", body("20429")));

        assertInstanceOf(
                SendOutcome.Accepted.class, trunkline.client(Sms.class, "sms").send(message("r")));

        assertEquals(2, account.platform().count());
        assertEquals(1, account.messages().size());
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void X8_serverFailsAtASend_isUnknownAndNotRepeated(int status) {
        account.platform().next(Fault.answer(status, "application/json", body("20500")));

        assertInstanceOf(
                SendOutcome.Unknown.class, trunkline.client(Sms.class, "sms").send(message("r")));

        assertEquals(1, account.platform().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} ", "{\"sid\":\"\"}", "{\"sid\":\"SM1\"}", "{\"status\":\"queued\"}", "null", "{\"sid\":"})
    void X17_answerThatNamesNoMessage_isUnknownNotAccepted(String body) {
        account.platform().next(Fault.answer(201, "application/json", body));

        assertInstanceOf(
                SendOutcome.Unknown.class, trunkline.client(Sms.class, "sms").send(message("r")));

        assertEquals(1, account.platform().count());
    }

    @Test
    void open_keyWithoutItsSecret_isRefused() {
        ConnectorSetup half = setup("t").with(Twilio.API_KEY_SID, "SK" + "0".repeat(32));

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Watched.trunkline().connect("half", half).build());

        assertEquals(true, String.valueOf(thrown.getMessage()).contains("api-key-secret"));
    }

    private static String body(String code) {
        return String.format(
                Locale.ROOT,
                "{\"code\":%s,\"message\":\"%s\",\"more_info\":\"https://www.twilio.com/docs/errors/%s\",\"status\":400}",
                code,
                Canary.text(),
                code);
    }

    private static SmsMessage message(String reference) {
        return SmsMessage.to(PhoneNumber.parse("+447700900123"), reference)
                .text(Canary.text())
                .build();
    }
}
