package io.tidegate.sdk;

import java.util.concurrent.CompletableFuture;

/** Credentials for clients. Implemented by the SDK alone. */
public interface Tokens {
  /** Issues a token. Needs a key with {@code admin}. */
  Token issue(TokenRequest request);

  /** {@link #issue} without waiting. */
  CompletableFuture<Token> issueAsync(TokenRequest request);

  /**
   * Signs a token here, with the client's key and this machine's clock, asking nobody: HS256.
   *
   * @throws IllegalStateException when the client has no key
   */
  Token sign(TokenRequest request);

  /** Ends tokens. Needs a key with {@code admin}. */
  void revoke(Revocation revocation);

  /** {@link #revoke} without waiting. */
  CompletableFuture<Void> revokeAsync(Revocation revocation);

  /**
   * Makes a ticket from this client's token, for these channels; for all of the token's when none
   * is named.
   */
  Ticket ticket(String... channels);

  /** {@link #ticket} without waiting. */
  CompletableFuture<Ticket> ticketAsync(String... channels);
}
