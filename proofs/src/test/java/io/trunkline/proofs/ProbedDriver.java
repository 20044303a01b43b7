package io.trunkline.proofs;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.logging.Logger;
import org.sqlite.JDBC;

/** SQLite's driver in whose connections a {@link Probe} stands; put in the place of the real one for a while. */
final class ProbedDriver implements Driver, AutoCloseable {

    private final Driver plain = new JDBC();
    private final Probe probe;

    private ProbedDriver(Probe probe) {
        this.probe = probe;
    }

    /** Takes the place of SQLite's own driver in this process. */
    static ProbedDriver install(Probe probe) throws SQLException {
        ProbedDriver probed = new ProbedDriver(probe);
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver instanceof JDBC) {
                DriverManager.deregisterDriver(driver);
            }
        }
        DriverManager.registerDriver(probed);
        return probed;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        Connection connection = plain.connect(url, info);
        return connection == null ? null : ProbedConnections.of(connection, probe);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return plain.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return plain.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return plain.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return plain.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return plain.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    /** Gives the place back. */
    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
        DriverManager.registerDriver(plain);
    }
}
