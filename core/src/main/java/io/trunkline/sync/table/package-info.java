/**
 * Tables as the target of a synchronisation: PostgreSQL, MySQL and MariaDB, SQLite, H2. The cursor is committed with the
 * records, and an older state of a record never overwrites a newer one.
 */
@NullMarked
package io.trunkline.sync.table;

import org.jspecify.annotations.NullMarked;
