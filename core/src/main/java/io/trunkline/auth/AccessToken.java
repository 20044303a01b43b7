package io.trunkline.auth;

import io.trunkline.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server gave out.
 *
 * @param access the token that calls carry
 * @param refreshToken what the next one is had with, or null
 * @param obtainedAt when it was given out
 * @param expiresAt when it ends, or null if the server did not say
 * @param extra other texts of the answer, such as {@code instance_url}
 */
public record AccessToken(
        Secret access,
        @Nullable Secret refreshToken,
        Instant obtainedAt,
        @Nullable Instant expiresAt,
        Map<String, String> extra) {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

    /** Keeps its own copy of the extra texts. */
    public AccessToken {
        extra = Map.copyOf(extra);
    }

    /** What the next one is had with. */
    public Optional<Secret> refresh() {
        return Optional.ofNullable(refreshToken);
    }

    /** Whether it still serves: renewed a tenth of its life before its end, at most a minute. */
    public boolean serves(Instant now) {
        if (expiresAt == null) {
            return true;
        }
        Duration tenth = Duration.between(obtainedAt, expiresAt).dividedBy(10);
        Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return now.isBefore(expiresAt.minus(margin));
    }

    /** When it ends: the tokens are secrets. */
    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
