package io.tidegate.allowance;

import org.jspecify.annotations.Nullable;

/**
 * So many per second, and so many at once: in any time W at most {@code perSecond * W + burst}.
 *
 * @param perSecond 0 lets nothing pass
 * @param burst at least 1; more than this at once never passes
 */
public record Rate(long perSecond, long burst) {
  public Rate {
    if (perSecond < 0 || burst < 1) {
      throw new IllegalArgumentException("a rate of " + perSecond + " with burst " + burst);
    }
  }

  /** One second's worth may come at once. */
  public static Rate perSecond(long perSecond) {
    return new Rate(perSecond, Math.max(1, perSecond));
  }

  /** The same for a limit that may be absent, with a burst that may be; null is unlimited. */
  public static @Nullable Rate of(@Nullable Long perSecond, @Nullable Long burst) {
    if (perSecond == null) {
      return null;
    }
    return new Rate(perSecond, Math.max(1, burst == null ? perSecond : burst));
  }
}
