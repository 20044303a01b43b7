package io.trunkline.testkit;

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

record MiniAccounts(MiniCrm crm, CallOptions options) implements Accounts {

    private static final String TYPE = "account";

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("accounts");
    }

    @Override
    public Accounts with(CallOptions value) {
        return new MiniAccounts(crm, value);
    }

    @Override
    public Optional<Account> get(RecordRef ref) {
        return crm.get(ref, TYPE, options).map(this::account);
    }

    @Override
    public Match<Account> findByPhone(PhoneNumber number) {
        List<Account> found = crm.find(TYPE, Map.of("phone", number.e164()), options).stream()
                .map(this::account)
                .toList();
        return Match.of(Flaw.FIRST_OF_SEVERAL.here() ? found.stream().limit(1).toList() : found);
    }

    @Override
    public RecordRef create(String name) {
        return crm.create(TYPE, Map.of("name", Flaw.FORGETS_FIELD.here() ? "?" : MiniCrm.text(name)), options);
    }

    private Account account(Map<String, Object> row) {
        return new Account(crm.info(TYPE, row), String.valueOf(row.get("name")), List.of());
    }
}
