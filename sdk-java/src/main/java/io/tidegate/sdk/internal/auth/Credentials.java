package io.tidegate.sdk.internal.auth;

import java.util.concurrent.CompletableFuture;

/** What a request or a handshake shows. */
public interface Credentials {
  /** The value of {@code Authorization}: Basic for a key, Bearer for a token that is still good. */
  CompletableFuture<String> authorization();

  /** A token just sent was refused as expired or revoked: the next one is a fresh one. */
  void refused(String authorization);
}
