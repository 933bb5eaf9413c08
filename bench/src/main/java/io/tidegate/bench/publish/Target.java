package io.tidegate.bench.publish;

import io.tidegate.bench.check.Ledger;

/**
 * A channel to publish to over REST, and its account.
 *
 * @param path of the route
 */
public record Target(String channel, String path, Ledger ledger) {
  /** The target for {@code channel}, with a new account. */
  public static Target of(String channel) {
    return new Target(channel, "/v1/channels/" + channel + "/messages", new Ledger());
  }
}
