package io.tidegate.sdk.internal.auth;

import java.util.concurrent.CompletableFuture;

/** A token that nobody renews. */
public final class Bearer implements Credentials {
  private final CompletableFuture<String> authorization;

  public Bearer(String token) {
    authorization = CompletableFuture.completedFuture("Bearer " + token);
  }

  @Override
  public CompletableFuture<String> authorization() {
    return authorization.copy();
  }

  @Override
  public void refused(String sent) {
    // There is no other one.
  }
}
