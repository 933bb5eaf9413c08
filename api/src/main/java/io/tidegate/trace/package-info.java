/**
 * What a sampled request tells of itself on its way through this node: plain Java, so that every
 * floor can tell; {@code otlp} makes spans of it. A trace travels beside the messages, never in
 * them: what is stored and what subscribers see does not know of it. A broker between nodes would
 * carry {@link io.tidegate.trace.Trace#traceparent} in its envelope, for the other node to begin
 * from.
 */
@NullMarked
package io.tidegate.trace;

import org.jspecify.annotations.NullMarked;
