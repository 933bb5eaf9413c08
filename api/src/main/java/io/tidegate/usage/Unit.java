package io.tidegate.usage;

import java.time.Duration;
import java.util.Locale;

/** How finely usage is told. Finer rows are forgotten earlier; months are made of days. */
public enum Unit {
  MINUTE(Duration.ofHours(48), Duration.ofHours(1)),
  HOUR(Duration.ofDays(90), Duration.ofDays(1)),
  DAY(Duration.ofDays(731), Duration.ofDays(30)),
  MONTH(Duration.ofDays(731), Duration.ofDays(366));

  private final Duration kept;
  private final Duration shown;

  Unit(Duration kept, Duration shown) {
    this.kept = kept;
    this.shown = shown;
  }

  public Duration kept() {
    return kept;
  }

  /** How far back is told when nobody asks for more. */
  public Duration shown() {
    return shown;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit of the rows it is made of. */
  Unit stored() {
    return this == MONTH ? DAY : this;
  }
}
