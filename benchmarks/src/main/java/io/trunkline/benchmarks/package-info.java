/** Measures the library beside a named rival in the same run, over loopback, against a server in another process. */
@NullMarked
package io.trunkline.benchmarks;

import org.jspecify.annotations.NullMarked;
