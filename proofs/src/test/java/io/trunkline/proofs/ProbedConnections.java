package io.trunkline.proofs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Connections that tell a {@link Probe} of each write and each commit, named by what is written: {@code
 * insert.trunkline_queue.before}, {@code commit.insert.trunkline_queue.after}.
 */
final class ProbedConnections {

    private static final Pattern WRITE =
            Pattern.compile("(INSERT INTO|UPDATE|DELETE FROM) \"?(\\w+).*", Pattern.DOTALL);
    private static final Set<String> EXECUTIONS = Set.of("execute", "executeUpdate", "executeBatch", "executeQuery");

    private ProbedConnections() {}

    static DataSource of(DataSource pool, Probe probe) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = called(pool, method, arguments);
            return result instanceof Connection connection ? of(connection, probe) : result;
        });
    }

    static Connection of(Connection connection, Probe probe) {
        String[] last = {"nothing"};
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("commit") && !last[0].equals("nothing")) {
                String point = "commit." + last[0];
                last[0] = "nothing";
                return stepped(point, probe, () -> called(connection, method, arguments));
            }
            if (method.getName().equals("rollback") && arguments == null) {
                last[0] = "nothing";
            }
            Object result = called(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
                String written = written((String) arguments[0]);
                return written.isEmpty() ? result : of(statement, written, last, probe);
            }
            return result;
        });
    }

    private static PreparedStatement of(PreparedStatement statement, String written, String[] last, Probe probe) {
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            if (!EXECUTIONS.contains(method.getName())) {
                return called(statement, method, arguments);
            }
            last[0] = written;
            return stepped(written, probe, () -> called(statement, method, arguments));
        });
    }

    private interface Step {
        Object take() throws Throwable;
    }

    private static Object stepped(String point, Probe probe, Step step) throws Throwable {
        probe.at(point + ".before");
        Object result = step.take();
        probe.at(point + ".after");
        return result;
    }

    private static String written(String sql) {
        Matcher write = WRITE.matcher(sql);
        return write.matches() ? write.group(1).split(" ", 2)[0].toLowerCase(Locale.ROOT) + "." + write.group(2) : "";
    }

    private static Object called(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException known ? known : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ProbedConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
