package io.trunkline.crm.lookup;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Category;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A business system of a vendor in this process, which answers as a test wants it to. */
final class StubCrm implements ConnectorProvider {

    private final Callable<Match<Contact>> answer;
    private final Set<Capability> capabilities;

    private StubCrm(Callable<Match<Contact>> answer, Set<Capability> capabilities) {
        this.answer = answer;
        this.capabilities = capabilities;
    }

    static ConnectorSetup answering(Callable<Match<Contact>> answer) {
        return ConnectorSetup.of(new StubCrm(answer, Set.of(Contacts.FIND_BY_PHONE)));
    }

    static ConnectorSetup unable() {
        return ConnectorSetup.of(new StubCrm(() -> Match.of(List.of()), Set.of(Contacts.GET)));
    }

    static Match<Contact> people(String... ids) {
        return Match.of(Stream.of(ids)
                .map(id -> new Contact(
                        RecordInfo.of(RecordRef.of("stub", "Contact", id)).build(),
                        "A",
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null))
                .toList());
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("stub", "Stub", Category.CRM)
                .credentials(CredentialKind.NONE)
                .capabilities(capabilities.toArray(Capability[]::new))
                .build();
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        return OpenConnector.of(descriptor())
                .offer(Contacts.class, new Client(runtime.connection()))
                .build();
    }

    private final class Client implements Contacts {

        private final String connection;

        Client(String connection) {
            this.connection = connection;
        }

        @Override
        public String connection() {
            return connection;
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public Contacts with(CallOptions options) {
            return this;
        }

        @Override
        public Match<Contact> findByPhone(PhoneNumber number) {
            try {
                return answer.call();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
