package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.Account;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.Match;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Accounts} must do, beside {@link ConnectorContract}. */
public abstract class AccountsContract extends ConnectorContract {

    /** For subclasses. */
    protected AccountsContract() {}

    /** Puts a company with a number into the platform, as if somebody had entered it; gives its id. */
    protected abstract String enter(String name, PhoneNumber phone);

    @Test
    final void accounts_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(Accounts.class, probes());
    }

    @Test
    final void accounts_platformFails_areTypedErrors() {
        failuresAreTyped(Accounts.class, probes());
    }

    @Test
    final void accounts_platformSilent_endAtTheDeadline() {
        deadlinesHold(Accounts.class, probes());
    }

    @Test
    final void createThenGet_company_comesBackAsItWasWritten() {
        Accounts accounts = offering(Accounts.class, Accounts.CREATE, Accounts.GET);
        String name = Canary.text() + " & Söhne 'x\"";

        RecordRef ref = accounts.create(name);

        Account account = accounts.get(ref).orElseThrow();
        assertEquals(name, account.name());
        assertEquals(ref.id(), account.info().ref().id());
        assertEquals("subject", ref.connection());
        refusedUnsent("a company without a name", () -> accounts.create(" "));
        Leaks.printed(account);
    }

    @Test
    final void get_unknownForeignOrHostileReference_isEmptyOrRefusedUnsent() {
        Accounts accounts = offering(Accounts.class, Accounts.CREATE, Accounts.GET);
        RecordRef ref = accounts.create("Acme");

        assertTrue(accounts.get(RecordRefs.absent(ref)).isEmpty());

        RecordRefs.foreign(ref).forEach(foreign -> refusedUnsent(foreign.toString(), () -> accounts.get(foreign)));
        RecordRefs.hostile(ref).forEach(hostile -> refusedUnsent(hostile.id(), () -> accounts.get(hostile)));
    }

    @Test
    final void findByPhone_nobodyOneAndTwo_areToldApart() {
        Accounts accounts = offering(Accounts.class, Accounts.FIND_BY_PHONE);
        PhoneNumber number = PhoneNumber.parse(Canary.phone());
        assertInstanceOf(Match.None.class, accounts.findByPhone(number));
        String first = enter("Acme", number);

        Match<Account> one = accounts.findByPhone(number);
        enter("Acme twin", number);

        assertEquals(
                List.of(first),
                one.all().stream().map(account -> account.info().ref().id()).toList());
        assertEquals(2, accounts.findByPhone(number).all().size());
        Leaks.printed(one);
    }

    @Test
    final void create_connectionDiesAfterwards_isUnknownAndNotRepeated() {
        Accounts accounts = offering(Accounts.class, Accounts.CREATE);
        accounts.create("Acme");
        int before = platform().count();
        platform().next(Fault.reset());

        Leaks.saw(assertThrows(OutcomeUnknownException.class, () -> accounts.create(Canary.text())));

        assertEquals(before + 1, platform().count());
    }

    private List<Probe<Accounts>> probes() {
        RecordRef ref = RecordRefs.some(
                client(Accounts.class),
                Accounts.CREATE,
                "Account",
                () -> client(Accounts.class).create("Acme"));
        return List.of(
                Probe.reading(Accounts.GET, a -> a.get(ref)),
                Probe.reading(Accounts.FIND_BY_PHONE, a -> a.findByPhone(PhoneNumber.parse("+441632960000"))),
                Probe.reading(Accounts.CREATE, a -> a.create("Acme")));
    }
}
