package io.trunkline.encryption;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.Secret;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one purpose, of which one is in use and the others still read. A key is replaced in four steps, each rolled out to
 * all nodes before the next: {@link #withNewKey}, {@link #promoted}, seal everything again, {@link #withoutOldKeys}.
 * Immutable; prints the names of the keys only.
 */
public final class Keyset {

    static {
        try {
            AeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot be started", e);
        }
    }

    private final KeysetHandle handle;

    private Keyset(KeysetHandle handle) {
        this.handle = handle;
    }

    /** A fresh keyset to seal with: XAES-256-GCM, whose long nonces never run out. */
    public static Keyset forData() {
        return fresh(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE);
    }

    /** A fresh keyset to index with: HMAC with SHA-256. */
    public static Keyset forIndex() {
        return fresh(PredefinedPrfParameters.HMAC_SHA256_PRF);
    }

    /**
     * The keyset of a source.
     *
     * @throws ConfigurationException if it is none
     */
    public static Keyset read(KeySource source) {
        Secret json = source.keyset();
        try {
            return new Keyset(TinkJsonProtoKeysetFormat.parseKeyset(json.reveal(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | RuntimeException e) {
            // Without the cause: its message may repeat what was read.
            throw wrong("the keyset is not Tink's JSON", null);
        }
    }

    /** With one key more, which reads but is not used yet. */
    public Keyset withNewKey() {
        Parameters parameters = handle.getPrimary().getKey().getParameters();
        return built(KeysetHandle.newBuilder(handle)
                .addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId()));
    }

    /** With the newest key in use. */
    public Keyset promoted() {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        builder.getAt(builder.size() - 1).makePrimary();
        return built(builder);
    }

    /** With no key but the one in use. What was sealed with others cannot be opened any more. */
    public Keyset withoutOldKeys() {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        for (int i = builder.size() - 1; i >= 0; i--) {
            if (!builder.getAt(i).isPrimary()) {
                builder.deleteAt(i);
            }
        }
        return built(builder);
    }

    /** Tink's JSON, keys readable. */
    public Secret json() {
        try {
            return Secret.of(TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset cannot be written", e);
        }
    }

    /** The numbers of the keys, in the order in which they were added. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            numbers.add(handle.getAt(i).getId());
        }
        return numbers;
    }

    /** The number of the key in use. */
    int inUse() {
        return handle.getPrimary().getId();
    }

    /** The names of the keys. */
    @Override
    public String toString() {
        return "Keyset" + numbers().stream().map(Keyset::name).toList() + " in use " + name(inUse());
    }

    /** A key's number as people read it; in one piece it would be masked in logs as a telephone number is. */
    static String name(int number) {
        return String.format("%04x:%04x", number >>> 16, number & 0xffff);
    }

    <P> P primitive(Class<P> type, String purpose) {
        try {
            return handle.getPrimitive(RegistryConfiguration.get(), type);
        } catch (GeneralSecurityException e) {
            throw wrong("the keyset is not one to " + purpose + " with", null);
        }
    }

    static ConfigurationException wrong(String message, @Nullable Throwable cause) {
        return new ConfigurationException(
                message, ErrorContext.of("encryption", "keys", ErrorKind.CONFIGURATION), cause);
    }

    private static Keyset fresh(Parameters parameters) {
        return built(KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                        .withRandomId()
                        .makePrimary()));
    }

    private static Keyset built(KeysetHandle.Builder builder) {
        try {
            return new Keyset(builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset cannot be made", e);
        }
    }
}
