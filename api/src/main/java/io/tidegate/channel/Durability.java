package io.tidegate.channel;

import java.util.Locale;

/** What an acknowledged publish survives; chosen per namespace. */
public enum Durability {
  /** Fan-out only: nothing is kept; seq still tells a gap. */
  NONE,
  /** The last messages are kept by the broker. */
  WINDOW,
  /** Committed to PostgreSQL before it is acknowledged. */
  DURABLE;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
