package io.trunkline.webhook;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address as platforms call it, from which that of a request is made whatever host its sender claims. */
final class PublicAddress {

    private final String origin;

    PublicAddress(URI address) {
        if (address.getScheme() == null || address.getRawAuthority() == null) {
            throw new IllegalArgumentException("public address must be of the form https://calls.example.com");
        }
        this.origin = address.getScheme() + "://" + address.getRawAuthority();
    }

    /** The address of a request; empty if its path or query is of no form that an address can have. */
    Optional<URI> of(@Nullable String path, @Nullable String query) {
        if (path == null || !path.startsWith("/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(origin + path + (query == null ? "" : "?" + query)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
