package io.trunkline.testkit;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.AudioClip;
import io.trunkline.ai.Router;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.ExternalKey;
import io.trunkline.messaging.MailAddress;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contracts with the mini connectors under them; run by {@link BrokenConnectorsTest} only. */
final class Subjects {

    private Subjects() {}

    static final class OfTickets extends TicketsContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }
    }

    static final class OfContacts extends ContactsContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected ExternalKey externalKey() {
            return new ExternalKey("key", "1");
        }
    }

    static final class OfSms extends SmsContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected int effects() {
            return (int) mini.count("message");
        }
    }

    static final class OfCalls extends CallLogContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected int effects() {
            return (int) mini.count("call");
        }
    }

    static final class OfAccounts extends AccountsContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected String enter(String name, PhoneNumber phone) {
            return mini.enter("account", Map.of("name", name, "phone", phone.e164()));
        }
    }

    static final class OfSchema extends SchemaContract {
        private final MiniPlatform mini = new MiniPlatform();

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected String type() {
            return "contact";
        }
    }

    static final class OfChanges extends ChangeFeedContract {
        private final MiniPlatform mini = new MiniPlatform();

        /** More than a page; every one of the broken connectors reads them. */
        @Override
        protected int atOneTime() {
            return 3_000;
        }

        @Override
        protected FakePlatform start() {
            return mini.http;
        }

        @Override
        protected ConnectorSetup setup(FakePlatform started) {
            return MiniConnector.at(started.uri());
        }

        @Override
        protected String type() {
            return "contact";
        }

        @Override
        protected List<String> enter(int records, Instant changedAt) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                ids.add(mini.enter("contact", Map.of("at", changedAt.toString())));
            }
            return ids;
        }

        @Override
        protected void change(String id, Instant at) {
            mini.records.get(id).put("at", at.toString());
        }

        @Override
        protected void remove(String id, Instant at) {
            mini.records.get(id).putAll(Map.of("deleted", true, "at", at.toString()));
        }
    }

    static final class OfLanguage extends LanguageAnalyzerContract {
        @Override
        protected RunningPlatform start() {
            return RunningPlatform.none();
        }

        @Override
        protected ConnectorSetup setup(RunningPlatform started) {
            return ConnectorSetup.of(new MiniLocal(new MiniMail.Box()));
        }
    }

    static final class OfSpeech extends TranscriberContract {
        @Override
        protected RunningPlatform start() {
            return RunningPlatform.none();
        }

        @Override
        protected ConnectorSetup setup(RunningPlatform started) {
            return ConnectorSetup.of(new MiniLocal(new MiniMail.Box()));
        }

        @Override
        protected AudioClip recording() {
            return new AudioClip("a.wav", "audio/wav", new byte[9], "en");
        }

        @Override
        protected List<byte[]> speech() {
            return List.of(new byte[320], new byte[320]);
        }
    }

    static final class OfEmail extends EmailContract {
        private final MiniMail.Box box = new MiniMail.Box();

        @Override
        protected RunningPlatform start() {
            return box;
        }

        @Override
        protected ConnectorSetup setup(RunningPlatform started) {
            return ConnectorSetup.of(new MiniLocal(box));
        }

        @Override
        protected MailAddress own() {
            return MailAddress.of("me@example.test");
        }

        @Override
        protected int effects() {
            return box.mails.size();
        }
    }

    static final class OfWebhooks extends WebhookContract {
        @Override
        protected RunningPlatform start() {
            return RunningPlatform.none();
        }

        @Override
        protected ConnectorSetup setup(RunningPlatform started) {
            return ConnectorSetup.of(new MiniLocal(new MiniMail.Box()));
        }

        @Override
        protected WebhookRequest genuine(int number) {
            return MiniWebhooks.genuine("person-" + number);
        }

        @Override
        protected List<String> proofs() {
            return List.of(MiniWebhooks.HEADER);
        }

        @Override
        protected boolean acknowledges(WebhookReply reply) {
            return reply.status() == 202;
        }

        @Override
        protected Optional<WebhookRequest> handshake() {
            return Optional.of(MiniWebhooks.genuine("challenge=7"));
        }
    }

    static final class OfRouter extends RouterContract {
        @Override
        protected Router router(List<AgentState> agents) {
            return new MiniRouter(agents);
        }
    }

    private record MiniRouter(List<AgentState> agents) implements Router {

        @Override
        public String connection() {
            return "mini";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(ROUTE);
        }

        @Override
        public Router with(CallOptions value) {
            return this;
        }

        @Override
        public RoutingDecision route(RoutingRequest request) {
            List<RoutingDecision.Candidate> fit = agents.stream()
                    .filter(agent -> agent.free() || Flaw.GIVES_TOO_MUCH.here())
                    .filter(agent -> agent.skills().containsAll(request.skills()) || Flaw.UNCHECKED_INPUT.here())
                    .filter(agent ->
                            agent.languages().contains(request.language().orElse("en")))
                    .map(agent -> candidate(agent.id(), request.preferredAgent().orElse("")))
                    .sorted((a, b) -> Double.compare(b.score(), a.score()))
                    .toList();
            String first = fit.isEmpty() ? null : fit.get(0).agent();
            return new RoutingDecision(first, fit, !Flaw.SWALLOWS_ERRORS.here());
        }

        private static RoutingDecision.Candidate candidate(String id, String preferred) {
            List<String> reasons = Flaw.FORGETS_FIELD.here() ? List.of() : List.of("has the skills");
            return new RoutingDecision.Candidate(id, id.equals(preferred) ? 1 : 0, reasons);
        }
    }
}
