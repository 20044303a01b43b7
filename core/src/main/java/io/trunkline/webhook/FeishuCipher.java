package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Feishu's and Lark's envelope: AES-256-CBC under the SHA-256 of the encrypt key, the first block being the vector. */
public final class FeishuCipher {

    private static final int BLOCK = 16;

    private final byte[] key;

    /** An envelope under the encrypt key of the app's event settings. */
    public FeishuCipher(Secret encryptKey) {
        this.key = Macs.digest("SHA-256", encryptKey.bytes());
    }

    /** The scheme of the {@code X-Lark-Signature} header under the same key. */
    public static SignatureScheme signature(Secret encryptKey) {
        return KeyedSignature.in("X-Lark-Signature", encryptKey)
                .algorithm("SHA-256")
                .content((request, secret) -> SignedContent.join(
                        request.body(),
                        request.header("X-Lark-Request-Timestamp").orElse(""),
                        request.header("X-Lark-Request-Nonce").orElse(""),
                        secret.reveal()))
                .seconds("X-Lark-Request-Timestamp")
                .build();
    }

    /** Opens an envelope, or throws {@link ForgedWebhookException} if it was sealed with another key. */
    public String open(String encrypted) {
        byte[] sealed = SignatureCheck.base64(encrypted).orElseThrow(FeishuCipher::foreign);
        if (sealed.length < 2 * BLOCK) {
            throw foreign();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(sealed, 0, BLOCK));
            return new String(cipher.doFinal(Arrays.copyOfRange(sealed, BLOCK, sealed.length)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw foreign();
        }
    }

    private static ForgedWebhookException foreign() {
        return new ForgedWebhookException("the envelope was sealed with another key");
    }
}
