/**
 * The transport: turns an annotated Retrofit method into a call with a deadline, one owner of retries, limits, a
 * breaker, a credential that only its own origin sees, bounded answers and a typed error. Connectors build an
 * {@link io.trunkline.http.HttpConnection} from the {@link io.trunkline.http.HttpStack} that they are lent.
 */
@NullMarked
package io.trunkline.http;

import org.jspecify.annotations.NullMarked;
