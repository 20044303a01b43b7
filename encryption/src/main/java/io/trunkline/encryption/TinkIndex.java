package io.trunkline.encryption;

import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfSet;
import io.trunkline.store.BlindIndex;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A blind index with replaceable keys: writes with the key in use and finds with any of the keyset. Thread-safe. */
public final class TinkIndex implements BlindIndex {

    private static final int LENGTH = 32;

    private final List<Prf> functions = new ArrayList<>();

    private TinkIndex(Keyset keyset) {
        PrfSet set = keyset.primitive(PrfSet.class, "index");
        try {
            Map<Integer, Prf> byNumber = set.getPrfs();
            keyset.numbers().stream()
                    .filter(number -> number == keyset.inUse())
                    .map(byNumber::get)
                    .forEach(functions::add);
            keyset.numbers().stream()
                    .filter(number -> number != keyset.inUse())
                    .map(byNumber::get)
                    .forEach(functions::add);
        } catch (GeneralSecurityException e) {
            throw Keyset.wrong("the keyset is not one to index with", null);
        }
    }

    /**
     * An index with the keys of a source, which is asked once.
     *
     * @throws io.trunkline.error.ConfigurationException if it gives no keyset to index with
     */
    public static TinkIndex of(KeySource source) {
        return of(Keyset.read(source));
    }

    /**
     * An index with given keys.
     *
     * @throws io.trunkline.error.ConfigurationException if they are not to index with
     */
    public static TinkIndex of(Keyset keyset) {
        return new TinkIndex(keyset);
    }

    @Override
    public List<String> hashes(String place, String word) {
        // The length is part of it, so that no two have the same bytes.
        byte[] input = (place.length() + ":" + place + word).getBytes(StandardCharsets.UTF_8);
        return functions.stream().map(function -> hash(function, input)).toList();
    }

    private static String hash(Prf function, byte[] input) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(function.compute(input, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a word cannot be indexed", e);
        }
    }
}
