package io.tidegate.tenant;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with its secret opened: only in memory, never printed.
 *
 * @param secret the ASCII bytes of the secret's text: the HMAC key of tokens, the password of Basic
 * @param revokedAt null while it is in force
 */
@SuppressWarnings("ArrayRecordComponent") // a secret is compared in constant time, never by equals
public record Key(
    KeyName name,
    TenantId tenant,
    byte[] secret,
    Capabilities capabilities,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  @Override
  public String toString() {
    return "Key[" + name + "]";
  }
}
