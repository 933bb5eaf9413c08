package io.tidegate.allowance;

/** What a node wants of something that nodes share, and what it says of its part. */
sealed interface Wish {
  /** Names the same bucket or tally on every node. */
  String name();

  /**
   * Tokens of a bucket.
   *
   * @param need wanted by callers that wait: they are spent when they come
   * @param ahead wanted beyond that, to have in hand
   * @param held in hand
   * @param back given back with this; no longer in hand
   * @param owed what the node granted by itself, on credit or while nobody answered: is taken even
   *     where there is less
   */
  record Tokens(String name, Rate rate, long need, long ahead, long held, long back, long owed)
      implements Wish {}

  /**
   * Places in a tally.
   *
   * @param most how many there are, for all nodes
   * @param inUse taken here; they stay, whatever the answer
   * @param need those, and what callers wait for
   * @param want those, and what is wanted ahead
   */
  record Places(String name, long most, long inUse, long need, long want) implements Wish {}
}
