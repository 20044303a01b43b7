package io.trunkline.sync.blob;

import io.trunkline.value.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who asks an object store.
 *
 * @param region such as {@code eu-central-1}; many stores want {@code us-east-1} wherever they are
 * @param keyId the access key's id
 * @param key the secret access key
 * @param session the token that comes with a credential lent for a while; otherwise null
 */
public record S3Account(
        String region, String keyId, Secret key, @Nullable Secret session) {

    /** An account with a lasting key. */
    public static S3Account of(String region, String keyId, Secret key) {
        return new S3Account(region, keyId, key, null);
    }
}
