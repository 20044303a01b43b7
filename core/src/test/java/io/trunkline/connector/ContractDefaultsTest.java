package io.trunkline.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Router;
import io.trunkline.ai.Transcriber;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Schema;
import io.trunkline.crm.Tickets;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.UnsupportedCapabilityException;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.Sms;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of every contract, as a connector leaves it that offers nothing. */
final class ContractDefaultsTest {

    private static final List<Class<?>> CONTRACTS = List.of(
            Contacts.class,
            Accounts.class,
            Tickets.class,
            CallLog.class,
            Schema.class,
            Sms.class,
            Email.class,
            LanguageAnalyzer.class,
            Transcriber.class,
            Router.class);

    @TestFactory
    Stream<DynamicTest> operation_notOffered_throwsBeforeAnythingElse() {
        return CONTRACTS.stream()
                .flatMap(contract -> operations(contract)
                        .map(operation -> DynamicTest.dynamicTest(
                                contract.getSimpleName() + "." + operation.getName() + operation.getParameterCount(),
                                () -> throwsUnsupported(contract, operation))));
    }

    private static Stream<Method> operations(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.isDefault() && !method.isSynthetic());
    }

    private static void throwsUnsupported(Class<?> contract, Method operation) throws Exception {
        UnsupportedCapabilityException thrown = unsupported(contract, operation);

        assertEquals(ErrorKind.UNSUPPORTED, thrown.kind());
        assertEquals("bare", thrown.context().connection());
        assertTrue(ids(contract).contains(thrown.context().operation()), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("can(" + thrown.context().operation() + ")"), thrown::getMessage);
    }

    private static UnsupportedCapabilityException unsupported(Class<?> contract, Method operation) throws Exception {
        Object[] arguments = Arrays.stream(operation.getParameterTypes())
                .map(ContractDefaultsTest::nothing)
                .toArray();
        InvocationTargetException thrown =
                assertThrows(InvocationTargetException.class, () -> operation.invoke(bare(contract), arguments));
        return assertInstanceOf(UnsupportedCapabilityException.class, thrown.getCause());
    }

    private static Object nothing(Class<?> type) {
        return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : type == int.class ? 0 : null;
    }

    private static Object bare(Class<?> contract) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "connection" -> "bare";
            case "capabilities" -> Set.of();
            default -> InvocationHandler.invokeDefault(proxy, method, arguments);
        };
        return Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, handler);
    }

    private static Set<String> ids(Class<?> contract) throws Exception {
        Set<String> ids = new HashSet<>();
        for (Field field : contract.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Capability capability) {
                ids.add(capability.id());
            }
        }
        return ids;
    }

    /** Each operation has a capability of its own, so that what is asked by {@code can} is what is thrown. */
    @Test
    void capabilities_ofAllContracts_areUniqueAndNamedAfterThem() throws Exception {
        Set<String> all = new HashSet<>();
        for (Class<?> contract : CONTRACTS) {
            Set<String> thrown = new HashSet<>();
            for (Method operation : operations(contract).toList()) {
                assertTrue(thrown.add(unsupported(contract, operation).context().operation()), operation::toString);
            }
            for (String id : ids(contract)) {
                assertTrue(all.add(id), id);
            }
            assertFalse(thrown.isEmpty(), contract::toString);
        }
    }

    @Test
    void can_nothingDeclared_isFalse() {
        assertFalse(((Contacts) bare(Contacts.class)).can(Contacts.GET));
    }
}
