package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Who acts in an app: a key, or a client with a token signed by a key. App and tenant come from the
 * key's row, never from a claim.
 *
 * @param key the key itself, or the one that signed the token
 * @param clientId null for a key and for an anonymous token
 * @param tokenId {@code jti}; null for a key, empty for a bare key name
 * @param issuedAtMillis ms since 1970 ({@code iat}, which may have a fraction); 0 for a key
 * @param expiresAt seconds since 1970 ({@code exp}); {@link Long#MAX_VALUE} for a key
 * @param limits what the token narrows for its client
 */
public record AppPrincipal(
    TenantId tenant,
    AppId app,
    KeyName key,
    @Nullable String clientId,
    Rights rights,
    @Nullable String tokenId,
    long issuedAtMillis,
    long expiresAt,
    TokenLimits limits) {

  /** A principal whose token narrows no limit. */
  public AppPrincipal(
      TenantId tenant,
      AppId app,
      KeyName key,
      @Nullable String clientId,
      Rights rights,
      @Nullable String tokenId,
      long issuedAtMillis,
      long expiresAt) {
    this(tenant, app, key, clientId, rights, tokenId, issuedAtMillis, expiresAt, TokenLimits.NONE);
  }

  /** Names the client among all, for what is counted per client. */
  public String client() {
    return app + (clientId == null ? "/token/" + tokenId : "/client/" + clientId);
  }

  public boolean isKey() {
    return tokenId == null;
  }

  /** Whether a person acts by the console, with the rights of a role ({@link ConsoleTokens}). */
  public boolean isConsole() {
    return key.isConsole();
  }

  /** Whether this is a key name without its secret: no rights, public channels only. */
  public boolean isKeyNameOnly() {
    return tokenId != null && tokenId.isEmpty();
  }

  /**
   * @throws RefusedException {@link Refusal#CAPABILITY_REFUSED} when the operation is not granted
   */
  public void require(Operation operation, ChannelName channel) {
    require(operation, channel, Steps.UNTOLD);
  }

  /** The same, telling its steps. */
  public void require(Operation operation, ChannelName channel, Steps steps) {
    ChannelAccess.requireGranted(this, operation, channel, steps);
  }

  /**
   * For what acts on the app as a whole.
   *
   * @throws RefusedException {@link Refusal#KEY_REQUIRED} for a client's token, {@link
   *     Refusal#CAPABILITY_REFUSED} for a key without {@code admin} and for a person whose role has
   *     none
   */
  public void requireAdmin() {
    ChannelAccess.requireKey(this, Steps.UNTOLD);
    if (!rights.allowSomewhere(Operation.ADMIN)) {
      String whose = isConsole() ? "the role" : "the key";
      String rule = isConsole() ? "the role of who asks" : "key " + key;
      throw new RefusedException(Refusal.CAPABILITY_REFUSED, whose + " does not grant admin")
          .by(Step.KEY_CAPABILITIES, "no pattern of " + rule + " grants admin")
          .in(Operation.ADMIN.wireName(), null);
    }
  }

  /** As {@link #requireAdmin}, for what only looks: in the console every role may. */
  public void requireInsight() {
    if (!isConsole()) {
      requireAdmin();
    }
  }

  /** The same in one channel. */
  public void requireInsight(ChannelName channel) {
    if (!mayLookInto(channel)) {
      require(Operation.ADMIN, channel);
    }
  }

  /** Whether it may see that there is such a channel, and how it is. */
  public boolean mayLookInto(ChannelName channel) {
    return isConsole() || rights.allow(Operation.ADMIN, channel);
  }

  /** The same with what a hook has made of it; never more. */
  public AppPrincipal narrowed(Narrowing by) {
    ClientId named = by.clientId();
    Rights less = by.capabilities() == null ? rights : rights.atMost(by.capabilities());
    return new AppPrincipal(
        tenant,
        app,
        key,
        clientId == null && named != null ? named.value() : clientId,
        less,
        tokenId,
        issuedAtMillis,
        Math.min(expiresAt, by.expiresAt()),
        limits);
  }

  AppPrincipal with(Rights narrowed) {
    return new AppPrincipal(
        tenant, app, key, clientId, narrowed, tokenId, issuedAtMillis, expiresAt, limits);
  }
}
