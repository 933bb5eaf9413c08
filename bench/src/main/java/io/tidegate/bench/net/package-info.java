/**
 * Connections as lean as they can be, so that what is counted is the gateway and not its client.
 * Everything of one connection is touched by its event loop only; what loops count is handed over
 * by {@link io.tidegate.bench.net.Loops#take}.
 */
@NullMarked
package io.tidegate.bench.net;

import org.jspecify.annotations.NullMarked;
