package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import java.util.function.Consumer;

/** A harmless use of one capability of a client: what the contract calls to see whether it is there. */
record Probe<C>(Capability capability, Consumer<C> use) {}
