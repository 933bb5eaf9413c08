package io.tidegate.allowance;

/**
 * What a bucket said.
 *
 * @param left how many more could be taken at this moment
 * @param retryAfterMillis when the same will be granted if nobody else takes any; 0 when it was
 */
public record Grant(boolean granted, long left, long retryAfterMillis) {}
