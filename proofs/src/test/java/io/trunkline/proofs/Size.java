package io.trunkline.proofs;

/** How much a proof does: by system properties, small unless they say otherwise. */
final class Size {

    private Size() {}

    /** A number of a property. */
    static int of(String property, int otherwise) {
        return Integer.getInteger(property, otherwise);
    }

    /** The seed of a run: a new one, or the one to be played again. */
    static long seed() {
        return Long.getLong("proofs.seed", System.nanoTime());
    }
}
