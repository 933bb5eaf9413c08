/**
 * The generator's own clients, as lean as they can be: what is counted is the gateway, not them.
 * Everything of one connection is touched by its event loop only; what loops tell each other goes
 * through {@link io.tidegate.bench.client.Flight} and the snapshots of {@link
 * io.tidegate.bench.client.LoopMeter}.
 */
@NullMarked
package io.tidegate.bench.client;

import org.jspecify.annotations.NullMarked;
