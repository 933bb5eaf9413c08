package io.tidegate.sdk;

import java.time.Instant;

/**
 * A stand-in for a token in a URL, which opens one connection: a secret, which {@link #toString}
 * does not tell.
 */
public record Ticket(String ticket, Instant expiresAt) {
  @Override
  public String toString() {
    return "ticket until " + expiresAt;
  }
}
