package io.tidegate.hook;

import java.time.Duration;

/**
 * How many calls are under way at a time, and when a hook is left alone.
 *
 * @param places of one hook: a slow one holds no more. With 20 ms for an answer they make 1,600
 *     decisions a second
 * @param tenantPlaces of all hooks of one tenant, so that one with many of them leaves places to
 *     others
 * @param nodePlaces of all; each may hold an answer of 256 kB
 * @param window calls whose failures are counted
 * @param failuresPercent of the window, from which on it is left alone
 * @param pause for so long; then one call tries
 * @param stretch how many times as long as a hook says it is waited for: 1. More is for tests, on
 *     machines that may stand still for a second
 */
public record HookPace(
    int places,
    int tenantPlaces,
    int nodePlaces,
    int window,
    int failuresPercent,
    Duration pause,
    int stretch) {
  public static final HookPace STANDARD =
      new HookPace(32, 64, 512, 20, 50, Duration.ofSeconds(5), 1);
}
