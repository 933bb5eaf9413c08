package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ClientId;
import org.jspecify.annotations.Nullable;

/**
 * What a connect hook makes of who connects. It can only take away: a name is given to who has
 * none, capabilities count together with those that are there, and time only gets shorter.
 *
 * @param clientId null: as it is
 * @param capabilities null: as they are
 * @param expiresAt seconds since 1970; {@link Long#MAX_VALUE}: as it is
 */
public record Narrowing(
    @Nullable ClientId clientId, @Nullable Capabilities capabilities, long expiresAt) {
  public static final Narrowing NOTHING = new Narrowing(null, null, Long.MAX_VALUE);

  /**
   * Capabilities as they are on the wire, {@code {pattern: [operation]}}.
   *
   * @throws IllegalArgumentException with the rule that was broken
   */
  public static Capabilities capabilities(@Nullable Object wire) {
    return Grants.capabilities(wire);
  }

  /** Names them: the same text for what grants the same, whatever the order. */
  public static String digest(Capabilities capabilities) {
    return Grants.digest(capabilities);
  }
}
