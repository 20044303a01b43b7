package io.trunkline.store;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;

/** Connections that a driver makes anew each time: for files, and for tools that need no pool. */
final class DriverConnections {

    private DriverConnections() {}

    /**
     * A source of connections. It is a proxy, because of the interface's many methods only one has a meaning here.
     *
     * @param first statements that each connection begins with
     */
    static DataSource of(String url, Properties login, List<String> first) {
        return (DataSource) Proxy.newProxyInstance(
                DriverConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> connect(url, login, first);
                    case "hashCode" -> System.identityHashCode(source);
                    case "equals" -> source == arguments[0];
                    case "toString" -> "connections of " + url.replaceAll("\\?.*", "");
                    default -> throw new SQLFeatureNotSupportedException(method.getName());
                });
    }

    private static Connection connect(String url, Properties login, List<String> first) throws SQLException {
        Connection connection = DriverManager.getConnection(url, login);
        try (Statement statement = connection.createStatement()) {
            for (String each : first) {
                statement.execute(each);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
