package io.tidegate.sdk;

/**
 * Who listens to a channel, on all nodes.
 *
 * @param subscribers waiting polls included
 * @param connections of these the ones on a socket or stream
 */
public record Occupancy(long subscribers, long connections) {}
