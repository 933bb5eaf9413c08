package io.tidegate.sdk.internal.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A key, {@code appId.keyId:secret}. */
public final class Key implements Credentials {
  private final String name;
  private final String secret;
  private final CompletableFuture<String> authorization;

  public Key(String key) {
    int colon = key.indexOf(':');
    int dot = key.indexOf('.');
    if (dot < 1 || colon < dot + 2 || colon == key.length() - 1) {
      throw new IllegalArgumentException("a key is appId.keyId:secret");
    }
    name = key.substring(0, colon);
    secret = key.substring(colon + 1);
    String basic = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    authorization = CompletableFuture.completedFuture("Basic " + basic);
  }

  /** {@code appId.keyId}. */
  public String name() {
    return name;
  }

  public String appId() {
    return name.substring(0, name.indexOf('.'));
  }

  /** What it signs tokens with. */
  byte[] secret() {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public CompletableFuture<String> authorization() {
    return authorization.copy();
  }

  @Override
  public void refused(String sent) {
    // A key has no successor.
  }

  @Override
  public String toString() {
    return name;
  }
}
