package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Account;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.Match;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts by query and sObject rows. */
final class SalesforceAccounts implements Accounts {

    private static final String TYPE = "Account";

    private final SalesforceOrg org;
    private final SalesforceRows rows;
    private final SalesforceMapper mapper;

    SalesforceAccounts(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.rows = new SalesforceRows(org, options);
        this.mapper = new SalesforceMapper(org);
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("accounts");
    }

    @Override
    public Accounts with(CallOptions value) {
        return new SalesforceAccounts(org, value);
    }

    @Override
    public Optional<Account> get(RecordRef ref) {
        return rows.get(ref, TYPE, SalesforceMapper.ACCOUNT).map(mapper::account);
    }

    @Override
    public Match<Account> findByPhone(PhoneNumber number) {
        List<String> asked = org.asked(TYPE, SalesforceMapper.ACCOUNT);
        return Match.of(new SalesforcePhones(TYPE, List.of("Phone"), asked)
                .find(rows, number).stream().map(mapper::account).toList());
    }

    @Override
    public RecordRef create(String name) {
        if (name.isBlank() || name.length() > 255) {
            throw new IllegalArgumentException("name of an account must have 1 to 255 characters");
        }
        return rows.create(TYPE, Map.of("Name", name));
    }
}
