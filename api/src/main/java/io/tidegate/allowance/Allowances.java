package io.tidegate.allowance;

/**
 * Makes what limits are measured with: on one node in memory, in a cluster shared. A name stands
 * for the same bucket or tally on every node, such as {@code publishes:<tenant>}.
 */
public interface Allowances {
  Bucket bucket(String name);

  Tally tally(String name);
}
