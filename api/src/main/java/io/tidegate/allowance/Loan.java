package io.tidegate.allowance;

/**
 * The answer to a {@link Wish}.
 *
 * @param granted tokens that come on top of those in hand; or how many places the node has now
 * @param rest what is left for whoever asks next, part of a token included; or how many places
 *     other nodes have
 */
record Loan(long granted, double rest) {}
