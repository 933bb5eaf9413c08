package io.tidegate.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are no longer to be good, anywhere, within 5 s.
 *
 * @param targets {@code keyId}, {@code clientId} or {@code tokenId} to its value, one each
 * @param issuedBefore null for now; does not apply to token ids
 */
public record Revocation(List<Map<String, String>> targets, @Nullable Instant issuedBefore) {
  public Revocation {
    targets = List.copyOf(targets);
  }

  /** Of a client. */
  public static Revocation ofClient(String clientId) {
    return new Revocation(List.of(Map.of("clientId", clientId)), null);
  }

  /** Of a key of the app, named without the app. */
  public static Revocation ofKey(String keyId) {
    return new Revocation(List.of(Map.of("keyId", keyId)), null);
  }

  /** One token. */
  public static Revocation ofToken(String tokenId) {
    return new Revocation(List.of(Map.of("tokenId", tokenId)), null);
  }

  /** The same, for tokens issued before this alone. */
  public Revocation issuedBefore(Instant time) {
    return new Revocation(targets, time);
  }
}
