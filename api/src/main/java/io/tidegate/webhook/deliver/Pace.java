package io.tidegate.webhook.deliver;

import java.time.Duration;

/**
 * How fast, and how much at a time.
 *
 * @param lease a dead node's webhooks are another's after this
 * @param renew how often a lease is made longer
 * @param poll how often is looked for what other nodes have queued
 * @param idle a webhook for which nothing is due for so long is let go
 * @param rounds webhooks that one node sends to at a time; bounds what it holds in memory: each has
 *     {@code places} runs of 128 kB
 * @param places calls to one webhook at a time
 * @param failures in a row, after which a target is left alone
 * @param pause for so long
 * @param backoff between attempts of one delivery
 */
public record Pace(
    Duration lease,
    Duration renew,
    Duration poll,
    Duration idle,
    int rounds,
    int places,
    int failures,
    Duration pause,
    Backoff backoff) {
  public static final Pace STANDARD =
      new Pace(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          256,
          4,
          20,
          Duration.ofSeconds(5),
          Backoff.STANDARD);
}
