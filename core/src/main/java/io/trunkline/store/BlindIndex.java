package io.trunkline.store;

import io.trunkline.value.Secret;
import java.util.List;

/**
 * Keyed hashes by which what is sealed is found again: equal words have equal hashes, and without the key no word can be
 * tried out. Whoever sees the hashes sees which are equal, and how often. Thread-safe.
 */
public interface BlindIndex {

    /**
     * The hashes of a word, one for each key there is: the first is the one to be written, all are to be looked for.
     *
     * @param place where the hash lies; the same word has another hash elsewhere
     * @param word already in the one form in which it is looked for
     */
    List<String> hashes(String place, String word);

    /**
     * HMAC with SHA-256 of the JDK.
     *
     * @param keys each Base64 of 32 random bytes, the newest first
     * @throws IllegalArgumentException if there is none or one is of another form
     */
    static BlindIndex hmac(List<Secret> keys) {
        return new HmacIndex(keys);
    }
}
