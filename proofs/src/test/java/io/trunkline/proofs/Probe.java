package io.trunkline.proofs;

import java.sql.SQLException;

/** Is told before and after each step of the work, and may end the process, or the step. */
interface Probe {

    /**
     * A step is about to be done, or was done.
     *
     * @param point its name, ending in {@code .before} or {@code .after}
     * @throws SQLException if the database is to fail here
     */
    void at(String point) throws SQLException;
}
