package io.tidegate.channel;

import java.util.Locale;

/** Why an epoch ended: the {@code reason} of the discontinuity its subscribers are sent. */
public enum EpochEnd {
  /** The store cannot vouch for the earlier run (a restore, a fail-over). */
  EPOCH,
  /** Another durability applies to the channel. */
  RULES,
  /** The channel was deleted. */
  DELETED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
