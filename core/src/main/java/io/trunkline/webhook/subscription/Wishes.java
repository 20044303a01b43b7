package io.trunkline.webhook.subscription;

import io.trunkline.auth.Macs;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The wishes of one connection as the store keeps them. They are changed under the connection's lease alone. */
final class Wishes {

    private static final int PAGE = 200;

    private final Values values;
    private final String prefix;

    Wishes(Store store, String connection) {
        byte[] name = connection.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        this.values = store.values("subscriptions");
        this.prefix = HexFormat.of().formatHex(Macs.digest("SHA-256", name), 0, 8) + "/";
    }

    String lease() {
        return "subscriptions:" + prefix;
    }

    List<Wish> all() {
        List<Wish> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Versioned> page = values.list(prefix, cursor, PAGE);
            page.items().forEach(stored -> all.add(Wish.read(stored)));
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    Optional<Wish> get(Wish wish) {
        return values.get(prefix + wish.key()).map(Wish::read);
    }

    void keep(Wish wish) {
        String key = prefix + wish.key();
        long version = values.get(key).map(Versioned::version).orElse(Values.ABSENT);
        if (!values.put(key, wish.bytes(), version, null)) {
            throw new IllegalStateException("another node has changed the subscription; try again");
        }
    }

    void forget(Wish wish) {
        String key = prefix + wish.key();
        values.get(key).ifPresent(stored -> values.delete(key, stored.version()));
    }
}
