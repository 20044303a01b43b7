package io.trunkline.sync.table;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.mapping.Json;
import io.trunkline.store.BlindIndex;
import io.trunkline.store.DataCipher;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of one table are sealed and found with. A value is sealed for its column and its row's key: at another
 * place it cannot be opened.
 *
 * @param table the table's name
 * @param cipher what seals
 * @param index what finds
 */
record ColumnSeal(String table, DataCipher cipher, BlindIndex index) {

    private static final String MARK = "sealed:";

    /** The sealed text of a value. */
    String seal(Column column, String row, Object value) {
        byte[] plain = text(column.type(), value).getBytes(StandardCharsets.UTF_8);
        return MARK + Base64.getEncoder().encodeToString(cipher.seal(plain, place(column, row)));
    }

    /** The value of a sealed text. */
    Object open(Column column, String row, String sealed) {
        if (!sealed(sealed)) {
            throw refused("column " + column.name() + " holds what is readable; seal it by TableRows.migrate");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(sealed.substring(MARK.length()));
        } catch (IllegalArgumentException e) {
            throw refused("column " + column.name() + " holds what was changed; synchronise the table anew");
        }
        return column.type().field().toHost(new String(cipher.open(bytes, place(column, row)), StandardCharsets.UTF_8));
    }

    static boolean sealed(String text) {
        return text.startsWith(MARK);
    }

    /** The hash to write beside a value; empty if it is not looked for. */
    Optional<String> hash(Column column, Object value) {
        SearchForm search = column.search();
        return search == null
                ? Optional.empty()
                : search.stored(text(column.type(), value))
                        .map(word -> index.hashes(name(column), word).get(0));
    }

    /** The hashes to look for. */
    List<String> hashes(Column column, String asked) {
        SearchForm search = column.search();
        Set<String> words = search == null ? Set.of() : search.asked(asked);
        return words.stream()
                .flatMap(word -> index.hashes(name(column), word).stream())
                .toList();
    }

    static String text(ColumnType type, Object value) {
        if (type == ColumnType.TEXT) {
            return value instanceof Map || value instanceof Collection
                    ? new String(Json.write(value), StandardCharsets.UTF_8)
                    : value.toString();
        }
        Object host = type.field().toHost(value);
        return host instanceof BigDecimal number ? number.toPlainString() : host.toString();
    }

    private String name(Column column) {
        return table + "." + column.name();
    }

    /** Names hold no slash, so no two places have the same bytes. */
    private byte[] place(Column column, String row) {
        return (table + "/" + column.name() + "/" + row).getBytes(StandardCharsets.UTF_8);
    }

    private SecurityPolicyException refused(String message) {
        return new SecurityPolicyException(message, ErrorContext.of(table, "open", ErrorKind.SECURITY), null);
    }
}
