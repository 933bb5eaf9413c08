package io.tidegate.sdk;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a channel stands.
 *
 * @param namespace whose rules it follows; empty for the default ones
 * @param durability {@code none}, {@code window} or {@code durable}
 * @param epoch empty when it was never used
 * @param seq of its newest message, 0 before the first
 * @param firstSeq of its oldest message that is kept
 */
public record ChannelState(
    String channel,
    Optional<String> namespace,
    String durability,
    Optional<String> epoch,
    long seq,
    OptionalLong firstSeq,
    Occupancy occupancy) {}
