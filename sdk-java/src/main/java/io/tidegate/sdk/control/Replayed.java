package io.tidegate.sdk.control;

/**
 * How many deliveries are queued again, 10,000 at most.
 *
 * @param more some are left: the same again takes the next ones
 */
public record Replayed(long replayed, boolean more) {}
