package io.tidegate.account.store;

import java.time.Instant;

/**
 * What an invitation opens with, which nothing shows again.
 *
 * @param text the part of the link behind {@code =}
 */
public record Link<T>(T of, String text, Instant expiresAt) {
  @Override
  public String toString() {
    return "Link[" + expiresAt + "]";
  }
}
