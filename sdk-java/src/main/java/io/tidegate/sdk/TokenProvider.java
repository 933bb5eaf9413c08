package io.tidegate.sdk;

/**
 * Where tokens come from, say one's own backend. Called on a thread of the SDK whenever a token is
 * missing, about to expire or refused as expired; never twice at once.
 */
@FunctionalInterface
public interface TokenProvider {
  /**
   * A fresh token: a JWT. Whatever it throws is the cause of the {@link TidegateException} of who
   * waited for it, and it is asked again when the next one does.
   */
  String token() throws Exception;
}
