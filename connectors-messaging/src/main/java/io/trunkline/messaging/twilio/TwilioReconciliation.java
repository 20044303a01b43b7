package io.trunkline.messaging.twilio;

import io.trunkline.connector.CommonSettings;
import io.trunkline.messaging.MessageRecord;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendJournal;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what became of a message whose outcome is unknown. The platform keeps no reference of ours, so the message is
 * known by its recipient, its time and its text. Where something was sent that may be it, the outcome stays unknown:
 * better one question too many than one message.
 */
final class TwilioReconciliation {

    /** A request that ended here may still be at work there for so long. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);
    private static final Duration LONGEST_AGO = Duration.ofDays(1);

    /** A page of what was sent to a recipient, newest first. */
    interface Sent {
        Page<TwilioWire.Message> to(Optional<String> cursor, String recipient);
    }

    private final SendJournal journal;
    private final Instant now;
    private final Duration longestCall;

    TwilioReconciliation(TwilioAccount account) {
        this.journal = account.journal();
        this.now = account.runtime().time().now();
        this.longestCall = account.settings().get(CommonSettings.BULK_TIMEOUT);
    }

    SendOutcome of(SmsMessage message, Sent sent) {
        String reference = message.reference();
        Instant begun = journal.startedAt(reference).orElse(now.minus(LONGEST_AGO));
        Instant ended = journal.endedAt(reference).orElse(begun.plus(longestCall));
        String to = TwilioMapper.address(message.to(), message.channel());
        List<TwilioWire.Message> doubtful = new ArrayList<>();
        for (TwilioWire.Message candidate : Paged.of(cursor -> sent.to(cursor, to))) {
            MessageRecord record = TwilioMapper.record(candidate);
            Instant created = record.created().orElse(ended);
            if (created.isBefore(begun.minus(CLOCKS_APART))) {
                break;
            }
            if (record.inbound() || journal.ownedByAnother(record.messageId(), reference)) {
                continue;
            }
            if (message.template().isEmpty() && record.text().equals(message.text())) {
                return TwilioMapper.accepted(candidate);
            }
            if (!created.isAfter(ended.plus(SETTLED))) {
                doubtful.add(candidate);
            }
        }
        // The text of a template is filled in over there, so only its time tells it.
        if (message.template().isPresent() && doubtful.size() == 1) {
            return TwilioMapper.accepted(doubtful.get(0));
        }
        if (!doubtful.isEmpty()) {
            return new SendOutcome.Unknown(reference, "the platform has sent something then, perhaps this; look there");
        }
        return ended.plus(SETTLED).isAfter(now)
                ? new SendOutcome.Unknown(reference, "the platform may still be at work; ask in a minute")
                : new SendOutcome.Rejected(
                        RejectReason.UNAVAILABLE, "", "the platform never had it; it may be sent again");
    }
}
