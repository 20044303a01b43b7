package io.trunkline.examples.incomingcall;

import io.trunkline.Trunkline;
import io.trunkline.ai.AgentState;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.ai.skills.SkillsRouter;
import io.trunkline.ai.skills.Understanding;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.Tickets;
import io.trunkline.crm.lookup.CallerLookup;
import io.trunkline.crm.lookup.CallerMatches;
import io.trunkline.error.ConnectorException;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.WebhookProtocol;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The program: one call, printed as a timeline. */
public final class IncomingCall {

    private static final List<IntentCandidate> INTENTS = List.of(
            IntentCandidate.of("fault", "My internet does not work", "My line is dead"),
            IntentCandidate.of("cancel", "I want to cancel my order", "Cancel my contract"),
            IntentCandidate.of("status", "Where is my order?", "Where is my parcel?"),
            IntentCandidate.of("refund", "I want my money back"),
            IntentCandidate.of("agent", "I want to talk to a person"));

    private final CallOrder order;
    private final Desk desk;
    private final Timeline timeline;
    private final String interaction = "call-" + Instant.now().toEpochMilli();
    private final Instant started = Instant.now();

    private IncomingCall(CallOrder order, Desk desk, Timeline timeline) {
        this.order = order;
        this.desk = desk;
        this.timeline = timeline;
    }

    /** Runs one call; see {@link CallOrder#USAGE} for the arguments. */
    public static void main(String[] args) {
        int status = status(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs one call and tells a person what is wrong in a sentence where something is: 0 is well, 2 a bad argument. */
    static int status(String[] args, PrintStream out, PrintStream errors) {
        try {
            run(args, out);
            return 0;
        } catch (BadOrderException e) {
            errors.println(e.getMessage());
            return 2;
        } catch (ConnectorException e) {
            errors.println("The call could not be handled: " + e.getMessage());
            return 1;
        }
    }

    private static void run(String[] args, PrintStream out) {
        CallOrder order = CallOrder.parse(args);
        Speech.check(order);
        Timeline timeline = new Timeline(out);
        try (Desk desk = new Desk(order)) {
            desk.parts().forEach(timeline::say);
            timeline.step("desk", () -> ready(desk.trunkline()), names -> names + " answer, so the phone may ring");
            new IncomingCall(order, desk, timeline).handle();
            timeline.say("Wrapped up after " + timeline.elapsed().toMillis() + " ms.");
        }
    }

    /** A desk asks its connections once before the first call, which then need not wait for them to be made. */
    private static String ready(Trunkline trunkline) {
        List<String> names = List.of("crm", "sms", "mail");
        names.forEach(name -> trunkline.verify(name, Duration.ofSeconds(20)));
        return String.join(", ", names);
    }

    private void handle() {
        Trunkline trunkline = desk.trunkline();
        CallerMatches matches = timeline.step(
                "ring",
                () -> CallerLookup.over(trunkline).find(order.number(), Duration.ofMillis(800)),
                found -> found.contacts().size() + " known under " + order.number()
                        + (found.complete() ? "" : ", not all answered"));
        Optional<Contact> caller = matches.contacts().stream().findFirst();
        CallOpening opening = CallOpening.of(interaction, CallDirection.INBOUND, order.number(), started);
        timeline.step(
                "call log",
                () -> desk.calls()
                        .log()
                        .open(caller.map(contact -> opening.contact(contact.ref()))
                                .orElse(opening)),
                key -> "kept in the outbox, which opens it meanwhile");
        Speech.Heard heard = timeline.step(
                "speech",
                () -> Speech.listen(order, new SphinxTranscriber()),
                said -> (said.words().isEmpty() ? "nothing of the grammar" : "\"" + said.words() + "\"") + " from "
                        + said.frames() + " frames of " + Speech.FRAME_MILLIS + " ms");
        RoutingDecision decision = understood(heard.words());
        RecordRef ticket = ticket(caller, heard.words());
        String message = answered(caller, ticket);
        receipt(ticket, message);
        wrapUp(decision, heard.words(), ticket);
    }

    private void wrapUp(RoutingDecision decision, String words, RecordRef ticket) {
        String key = timeline.step(
                "wrap-up",
                () -> desk.calls()
                        .log()
                        .complete(
                                interaction,
                                CallSummary.builder()
                                        .talked(Duration.between(started, Instant.now()))
                                        .disposition("Case updated")
                                        .notes("Routed to " + decision.target().orElse("nobody"))
                                        .transcript(words)
                                        .ticket(ticket)
                                        .build()),
                kept -> "the agent is free; the rest is kept in the outbox");
        CallLog calls = desk.trunkline().client(CallLog.class, "crm");
        timeline.step(
                "outbox",
                () -> desk.calls().written(key) instanceof OutboxResult.Done
                        && calls.get(interaction).orElseThrow().completed(),
                complete -> "call log is " + (complete ? "complete" : "still open"));
    }

    private RoutingDecision understood(String words) {
        LanguageAnalyzer language = desk.trunkline().client(LanguageAnalyzer.class, "language");
        Understanding understanding = new Understanding(language, INTENTS, TimeSource.system());
        Understanding.Result understood =
                timeline.step("meaning", () -> understanding.of(words, Duration.ofSeconds(10)), IncomingCall::inWords);
        SkillsRouter router = new SkillsRouter(
                IncomingCall::agents,
                Map.of("fault", Set.of("tech"), "refund", Set.of("billing")),
                TimeSource.system());
        return timeline.step(
                "routing",
                () -> router.route(understood
                        .into(RoutingRequest.of(interaction).language("en"))
                        .build()),
                found -> found.target().orElse("nobody") + ": " + String.join("; ", found.reasons()));
    }

    private static String inWords(Understanding.Result understood) {
        List<String> parts = new ArrayList<>(understood.missing());
        understood.sentiment().ifPresent(felt -> parts.add(0, felt.label() + String.format(" (%.2f)", felt.score())));
        understood
                .intent()
                .ifPresent(wanted -> parts.add(
                        0,
                        wanted.name().orElse("none of the known") + " by "
                                + wanted.from().model()));
        return String.join(", ", parts);
    }

    private RecordRef ticket(Optional<Contact> caller, String words) {
        Tickets tickets = desk.trunkline().client(Tickets.class, "crm");
        return timeline.step(
                "case",
                () -> {
                    Optional<Ticket> open = caller.flatMap(contact ->
                            tickets.openTicketsOf(contact.ref()).stream().findFirst());
                    RecordRef ref = open.map(Ticket::ref)
                            .orElseGet(() -> tickets.create(
                                    TicketDraft.about("Call of today").build()));
                    tickets.comment(ref, "Caller said: " + (words.isBlank() ? "(nothing heard)" : words), false);
                    return ref;
                },
                ref -> "noted in case " + ref.id());
    }

    private String answered(Optional<Contact> caller, RecordRef ticket) {
        SendOutcome sent = timeline.step(
                "SMS",
                () -> desk.trunkline()
                        .client(Sms.class, "sms")
                        .send(SmsMessage.to(order.number(), interaction)
                                .text("Thank you for your call. We are on it.")
                                .build()),
                outcome -> outcome instanceof SendOutcome.Accepted accepted
                        ? "accepted as " + accepted.messageId()
                        : outcome.toString());
        caller.flatMap(contact -> contact.emails().stream().findFirst()).ifPresent(address -> mailed(address, ticket));
        return sent instanceof SendOutcome.Accepted accepted ? accepted.messageId() : "";
    }

    private void mailed(String address, RecordRef ticket) {
        EmailOutcome outcome = timeline.step(
                "mail",
                () -> desk.trunkline()
                        .client(Email.class, "mail")
                        .send(EmailMessage.about("Your call, case " + ticket.id())
                                .to(MailAddress.of(address))
                                .text("Thank you for your call. We are on it.")
                                .automatic()
                                .build()),
                result -> result.accepted() ? "accepted for every recipient" : "not accepted for every recipient");
        if (!desk.real()) {
            timeline.step(
                    "mailbox",
                    () -> desk.trunkline().client(Email.class, "caller-mail").fetch("INBOX", Optional.empty(), 5),
                    (MailBatch batch) -> batch.mails().stream()
                                    .anyMatch(mail -> mail.messageId().equals(Optional.of(outcome.messageId())))
                            ? "the caller reads it by IMAP"
                            : "the mail has not arrived");
        }
    }

    private void receipt(RecordRef ticket, String message) {
        if (desk.real() || message.isEmpty()) {
            timeline.say("           receipt              the platform sends it to the address in its settings");
            return;
        }
        Trunkline trunkline = desk.trunkline();
        try (Receipts receipts = new Receipts(
                trunkline.client(WebhookProtocol.class, "sms"), trunkline.client(Tickets.class, "crm"), ticket)) {
            timeline.step(
                    "receipt",
                    () -> receipts.pretendDelivered(message, "forged") + ", then "
                            + receipts.pretendDelivered(message, Desk.TWILIO_TOKEN) + ", " + receipts.noted(),
                    told -> "a forged webhook got " + told.replace("true", "noted in the case"));
        }
    }

    private static List<AgentState> agents() {
        Instant now = Instant.now();
        return List.of(
                new AgentState("grace", Set.of("tech", SkillsRouter.CALMING), Set.of("en"), true, now.minusSeconds(40)),
                new AgentState("alan", Set.of("tech"), Set.of("en"), true, now.minusSeconds(200)),
                new AgentState("mary", Set.of("billing"), Set.of("en", "zh"), true, now.minusSeconds(90)));
    }
}
