package io.trunkline.auth;

import io.trunkline.error.AuthenticationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What this process knows of one token. */
final class VaultSlot {

    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(30);

    private volatile @Nullable VaultEntry current;
    private volatile @Nullable AccessToken refused;
    private volatile @Nullable VaultEntry unsaved;
    private volatile @Nullable Refusal refusal;
    private @Nullable FutureTask<AccessToken> underWay;
    private @Nullable Instant refusedAt;

    private record Refusal(AuthenticationException error, Instant at) {}

    /**
     * The renewal under way, or a new one. It has a thread of its own and does not end with a caller that gives up: the
     * server may have rotated the refresh token already, and the answer must be saved.
     */
    synchronized Future<AccessToken> renewal(Callable<AccessToken> work) {
        FutureTask<AccessToken> known = underWay;
        if (known != null && !known.isDone()) {
            return known;
        }
        FutureTask<AccessToken> started = new FutureTask<>(work);
        underWay = started;
        Thread thread = new Thread(started, "trunkline-token");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    Optional<AccessToken> serving(Instant now) {
        VaultEntry entry = current;
        return entry != null && accepts(entry, now) ? Optional.of(entry.token()) : Optional.empty();
    }

    boolean accepts(VaultEntry entry, Instant now) {
        AccessToken bad = refused;
        boolean wasRefused = bad != null && bad.access().equals(entry.token().access());
        return !entry.dead() && !wasRefused && entry.token().serves(now);
    }

    /** What the server gives out anew serves, even if it is the very one that was refused: it has no other. */
    AccessToken use(VaultEntry entry) {
        current = entry;
        refusal = null;
        AccessToken bad = refused;
        if (bad != null && bad.access().equals(entry.token().access())) {
            refused = null;
        }
        return entry.token();
    }

    /** What the authorization server refused lately: asking again at every call could lock the account. */
    Optional<AuthenticationException> refusedLately(Instant now) {
        Refusal last = refusal;
        return last != null && now.isBefore(last.at().plus(BETWEEN_REFUSALS)) && !now.isBefore(last.at())
                ? Optional.of(last.error())
                : Optional.empty();
    }

    AuthenticationException noteRefusal(AuthenticationException error, Instant now) {
        refusal = new Refusal(error, now);
        return error;
    }

    /** Kept until it is saved, so that a store that fails for a moment loses no rotated refresh token. */
    void unsaved(AccessToken token, long version) {
        unsaved = new VaultEntry(token, version, false);
    }

    Optional<VaultEntry> leftOver() {
        return Optional.ofNullable(unsaved);
    }

    void saved() {
        unsaved = null;
    }

    /**
     * Notes that the platform has refused a token. A refusal of a young token soon after another refusal is no matter of
     * its age: then the platform refuses whatever it is given, and asking for more tokens would only make a storm.
     *
     * @return whether another token is to be had, so that the call may be tried again
     */
    synchronized boolean refused(AccessToken token, Instant now) {
        VaultEntry entry = current;
        boolean replaced = entry != null && !entry.token().access().equals(token.access());
        AccessToken noted = refused;
        boolean underWay = noted != null && noted.access().equals(token.access());
        if (replaced || underWay) {
            return true;
        }
        Instant last = refusedAt;
        if (young(token, now) && last != null && now.isBefore(last.plus(BETWEEN_REFUSALS))) {
            return false;
        }
        refusedAt = now;
        refused = token;
        return true;
    }

    private static boolean young(AccessToken token, Instant now) {
        Instant expires = token.expiresAt();
        Duration half = expires == null
                ? BETWEEN_REFUSALS
                : Duration.between(token.obtainedAt(), expires).dividedBy(2);
        Duration youth = half.compareTo(BETWEEN_REFUSALS) < 0 ? half : BETWEEN_REFUSALS;
        return now.isBefore(token.obtainedAt().plus(youth));
    }
}
