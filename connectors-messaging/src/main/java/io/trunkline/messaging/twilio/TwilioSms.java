package io.trunkline.messaging.twilio;

import io.trunkline.connector.Capability;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.http.ApiCall;
import io.trunkline.messaging.Media;
import io.trunkline.messaging.MessageQuery;
import io.trunkline.messaging.MessageRecord;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Messages of an account. Twilio knows no idempotency key, so the journal keeps what has been sent. */
final class TwilioSms implements Sms {

    private static final Pattern MESSAGE = Pattern.compile("(?:SM|MM)[0-9a-fA-F]{32}");
    private static final long LARGEST_MEDIA = 16L << 20;
    private static final Duration MEDIA_TIME = Duration.ofSeconds(30);
    private static final int PAGE = 50;

    /** Failures that say that the platform refused or was not reached; all others are the caller's to see. */
    private static final Set<ErrorKind> REFUSALS = EnumSet.complementOf(EnumSet.of(
            ErrorKind.SECURITY,
            ErrorKind.CONFIGURATION,
            ErrorKind.CANCELLED,
            ErrorKind.PROTOCOL,
            ErrorKind.UNSUPPORTED));

    private final TwilioAccount account;
    private final CallOptions options;

    TwilioSms(TwilioAccount account, CallOptions options) {
        this.account = account;
        this.options = options;
    }

    @Override
    public String connection() {
        return account.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return new Twilio().descriptor().capabilitiesOf("sms");
    }

    @Override
    public Sms with(CallOptions value) {
        return new TwilioSms(account, value);
    }

    @Override
    public SendOutcome send(SmsMessage message) {
        Map<String, String> form = TwilioMapper.form(message, account.settings());
        List<String> media = message.media().stream().map(URI::toString).toList();
        Optional<SendOutcome> earlier = account.journal().begin(message.reference());
        return earlier.orElseGet(() -> account.journal().ended(message.reference(), sent(message, form, media)));
    }

    private SendOutcome sent(SmsMessage message, Map<String, String> form, List<String> media) {
        try {
            TwilioWire.Message taken =
                    account.api().send(account.sid(), form, media).execute(options);
            return MESSAGE.matcher(String.valueOf(taken.sid())).matches()
                    ? TwilioMapper.accepted(taken)
                    : new SendOutcome.Unknown(message.reference(), "the platform's answer names no message");
        } catch (OutcomeUnknownException e) {
            return new SendOutcome.Unknown(message.reference(), String.valueOf(e.getMessage()));
        } catch (ConnectorException e) {
            if (!REFUSALS.contains(e.kind())) {
                account.journal().ended(message.reference(), rejected(e));
                throw e;
            }
            return rejected(e);
        }
    }

    private static SendOutcome.Rejected rejected(ConnectorException e) {
        return new SendOutcome.Rejected(
                TwilioErrors.reason(e.context()),
                e.context().platformCode().orElse(""),
                String.valueOf(e.getMessage()));
    }

    @Override
    public SendOutcome reconcile(SmsMessage message) {
        return account.journal()
                .accepted(message.reference())
                .<SendOutcome>map(accepted -> accepted)
                .orElseGet(() -> account.journal()
                        .ended(message.reference(), new TwilioReconciliation(account).of(message, this::page)));
    }

    @Override
    public Optional<MessageRecord> get(String messageId) {
        try {
            return Optional.of(TwilioMapper.record(
                    account.api().get(account.sid(), message(messageId)).execute(options)));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Paged<MessageRecord> list(MessageQuery query) {
        String to = query.to().map(number -> number.e164()).orElse(null);
        String from = query.from().map(number -> number.e164()).orElse(null);
        String since = query.since().map(Instant::toString).orElse(null);
        return Paged.of(cursor -> {
            Page<TwilioWire.Message> page =
                    page(cursor, () -> account.api().list(account.sid(), to, from, since, PAGE));
            return new Page<>(page.items().stream().map(TwilioMapper::record).toList(), page.cursor());
        });
    }

    @Override
    public List<Media> media(String messageId) {
        String base = "2010-04-01/Accounts/" + account.sid() + "/Messages/" + message(messageId) + "/Media";
        List<TwilioWire.MediaItem> items =
                account.api().media(account.sid(), messageId).execute(options).mediaList();
        List<Media> media = new ArrayList<>();
        for (TwilioWire.MediaItem item : items == null ? List.<TwilioWire.MediaItem>of() : items) {
            String id = String.valueOf(item.sid());
            byte[] content = account.http()
                    .download(base + "/" + id, LARGEST_MEDIA, options.timeout().orElse(MEDIA_TIME))
                    .body();
            media.add(new Media(
                    id, item.contentType() == null ? "application/octet-stream" : item.contentType(), content));
        }
        return media;
    }

    @Override
    public boolean cancel(String messageId) {
        try {
            TwilioWire.Message cancelled = account.api()
                    .cancel(account.sid(), message(messageId), "canceled")
                    .execute(options);
            return "canceled".equals(cancelled.status());
        } catch (ConnectorException e) {
            if (e.kind() == ErrorKind.INVALID_REQUEST || e.kind() == ErrorKind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private Page<TwilioWire.Message> page(Optional<String> cursor, String to) {
        return page(cursor, () -> account.api().list(account.sid(), to, null, null, PAGE));
    }

    private Page<TwilioWire.Message> page(Optional<String> cursor, Supplier<ApiCall<TwilioWire.Messages>> first) {
        TwilioWire.Messages page =
                cursor.map(account.api()::next).orElseGet(first).execute(options);
        List<TwilioWire.Message> messages = page.messages();
        return new Page<>(messages == null ? List.of() : messages, page.nextPageUri());
    }

    private static String message(String id) {
        if (!MESSAGE.matcher(id).matches()) {
            throw new IllegalArgumentException("message id must be SM or MM and 32 hexadecimal digits");
        }
        return id;
    }
}
