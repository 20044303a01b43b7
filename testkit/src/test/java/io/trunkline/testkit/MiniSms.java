package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendJournal;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.value.CallOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

record MiniSms(MiniCrm crm, SendJournal journal, CallOptions options) implements Sms {

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("sms");
    }

    @Override
    public Sms with(CallOptions value) {
        return new MiniSms(crm, journal, value);
    }

    @Override
    public SendOutcome send(SmsMessage message) {
        if (Flaw.LOGS_CONTENT.here()) {
            LoggerFactory.getLogger("mini").debug("sending {}", message.text());
        }
        Optional<SendOutcome> earlier = Flaw.OPENS_AGAIN.here() ? Optional.empty() : journal.begin(message.reference());
        return earlier.orElseGet(() -> journal.ended(message.reference(), sent(message)));
    }

    private SendOutcome sent(SmsMessage message) {
        try {
            Map<String, Object> fields = Map.of("text", message.text(), "reference", message.reference());
            return accepted(crm.create("message", fields, options).id());
        } catch (OutcomeUnknownException e) {
            return Flaw.INVENTS_WHAT_IS_NOT_THERE.here()
                    ? unsent()
                    : new SendOutcome.Unknown(message.reference(), "no answer");
        } catch (RetryLaterException e) {
            return Flaw.SWALLOWS_ERRORS.here() ? new SendOutcome.Unknown(message.reference(), "no answer") : unsent();
        }
    }

    @Override
    public SendOutcome reconcile(SmsMessage message) {
        List<Map<String, Object>> found = crm.find("message", Map.of("reference", message.reference()), options);
        return found.isEmpty() ? unsent() : accepted(String.valueOf(found.get(0).get("id")));
    }

    private static SendOutcome unsent() {
        return new SendOutcome.Rejected(RejectReason.UNAVAILABLE, "", "not sent");
    }

    private static SendOutcome accepted(String id) {
        return new SendOutcome.Accepted(id, DeliveryStatus.QUEUED, 1);
    }
}
