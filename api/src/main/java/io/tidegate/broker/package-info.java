/**
 * What links nodes: numbers and keeps the messages of classes {@code none} and {@code window}, and
 * carries every message to the nodes that have subscribers. {@code MemoryBroker} is the whole
 * broker of a single node.
 */
@NullMarked
package io.tidegate.broker;

import org.jspecify.annotations.NullMarked;
