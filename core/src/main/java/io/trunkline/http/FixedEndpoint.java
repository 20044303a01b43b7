package io.trunkline.http;

import java.net.URI;

/** One address, known from the start. */
record FixedEndpoint(URI address) implements Endpoints {

    @Override
    public URI choose() {
        return address;
    }
}
