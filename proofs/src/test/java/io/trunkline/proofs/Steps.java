package io.trunkline.proofs;

import java.sql.SQLException;

/** Points outside of databases, where no database can fail. */
final class Steps {

    private Steps() {}

    static void at(Probe probe, String point) {
        try {
            probe.at(point);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
