/**
 * Who listens on this node: one feed per channel keeps order, one shard per channel and event loop
 * hands messages to its subscriptions. Delivery is a cursor per subscription, never a queue: a
 * subscription that fell behind reads on from the shard's ring, then from the store.
 */
@NullMarked
package io.tidegate.hub;

import org.jspecify.annotations.NullMarked;
