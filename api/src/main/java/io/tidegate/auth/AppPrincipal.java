package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Who acts in an app: a key, or a client with a token signed by a key. App and tenant come from the
 * key's row, never from a claim.
 *
 * @param key the key itself, or the one that signed the token
 * @param clientId null for a key and for an anonymous token
 * @param tokenId {@code jti}; null for a key
 * @param issuedAt seconds since 1970 ({@code iat}); 0 for a key
 * @param expiresAt seconds since 1970 ({@code exp}); {@link Long#MAX_VALUE} for a key
 */
public record AppPrincipal(
    TenantId tenant,
    AppId app,
    KeyName key,
    @Nullable String clientId,
    Rights rights,
    @Nullable String tokenId,
    long issuedAt,
    long expiresAt) {

  public boolean isKey() {
    return tokenId == null;
  }

  /**
   * @throws RefusedException {@link Refusal#CAPABILITY_REFUSED} when the operation is not granted
   */
  public void require(Operation operation, ChannelName channel) {
    if (!rights.allow(operation, channel)) {
      throw new RefusedException(
          Refusal.CAPABILITY_REFUSED,
          "the credential does not grant " + operation.wireName() + " on this channel");
    }
  }
}
