package io.tidegate.sdk;

/** A channel that has subscribers or messages. */
public record ChannelSummary(String channel, Occupancy occupancy) {}
