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
    private final SalesforceMapper mapper;
    private final CallOptions options;

    SalesforceAccounts(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.mapper = new SalesforceMapper(org);
        this.options = options;
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
        return org.get(TYPE, org.id(ref, TYPE), SalesforceMapper.ACCOUNT, options)
                .map(mapper::account);
    }

    @Override
    public Match<Account> findByPhone(PhoneNumber number) {
        String soql = Soql.select(SalesforceMapper.ACCOUNT, TYPE) + " WHERE "
                + SalesforceContacts.phones(List.of("Phone"), number) + " LIMIT 20";
        return Match.of(org.rows(soql, options).stream().map(mapper::account).toList());
    }

    @Override
    public RecordRef create(String name) {
        if (name.isBlank() || name.length() > 255) {
            throw new IllegalArgumentException("name of an account must have 1 to 255 characters");
        }
        return org.create(TYPE, Map.of("Name", name), options);
    }
}
