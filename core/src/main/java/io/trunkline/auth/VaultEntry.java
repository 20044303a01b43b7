package io.trunkline.auth;

/**
 * A token as the store has it.
 *
 * @param token the token
 * @param version the store's version
 * @param dead whether the server has refused it for good
 */
record VaultEntry(AccessToken token, long version, boolean dead) {}
