package io.tidegate.allowance;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what nodes share, and lends it to them. For each bucket: what it has, and what is in hand
 * of any node, are never more than its burst; so that in any time W at most {@code perSecond * W +
 * burst} are spent, whoever asks how often. Only its own clock counts.
 */
interface Lender {
  /** Wishes of one partition can be granted together. */
  int PARTITIONS = 16;

  /**
   * What is in hand of a node that was not heard of for so long is in nobody's hand; it is not put
   * back.
   */
  long TOKENS_MILLIS = 3_000;

  /** The same for places: a node that is gone leaves them free. */
  long PLACES_MILLIS = 10_000;

  /** A node lets go of tokens this much before others think so. */
  long TOKENS_NANOS = TimeUnit.MILLISECONDS.toNanos(TOKENS_MILLIS) * 2 / 3;

  /** Whether it is of use to ask. */
  boolean isUp();

  /** One answer for each wish, in their order; all of one partition. Never waits. */
  CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes);

  static int partition(String name) {
    int hash = name.hashCode();
    return (hash ^ (hash >>> 16)) & (PARTITIONS - 1);
  }
}
