package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.Optional;

/** The companies that contacts belong to. Undeclared operations throw before any request. */
public interface Accounts extends Client<Accounts> {

    /** {@link #get}. */
    Capability GET = Capability.of("accounts.get");

    /** {@link #findByPhone}. */
    Capability FIND_BY_PHONE = Capability.of("accounts.find-by-phone");

    /** {@link #create}. */
    Capability CREATE = Capability.of("accounts.create");

    /** A company by its reference; empty if it is not there. */
    default Optional<Account> get(RecordRef ref) {
        throw unsupported(GET);
    }

    /** Which company has the number as its own. */
    default Match<Account> findByPhone(PhoneNumber number) {
        throw unsupported(FIND_BY_PHONE);
    }

    /** Creates a company. */
    default RecordRef create(String name) {
        throw unsupported(CREATE);
    }
}
