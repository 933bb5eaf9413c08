package io.tidegate.sdk.internal.auth;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TokenProvider;
import io.tidegate.sdk.internal.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a provider, kept until shortly before they expire and asked for once however many wait.
 * The provider runs on the executor, never under the lock.
 */
public final class TokenSource implements Credentials {
  /**
   * A token is renewed when less than this is left: half of what the gateway's {@code expiring}
   * gives.
   */
  static final long EARLY_SECONDS = 15;

  private static final String BEARER = "Bearer ";

  private final TokenProvider provider;
  private final Executor executor;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock: the last answer, or the one that is awaited; null when there is none. */
  private @Nullable CompletableFuture<String> token;

  public TokenSource(TokenProvider provider, Executor executor, Clock clock) {
    this.provider = provider;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<String> authorization() {
    return current().thenApply(token -> BEARER + token);
  }

  @Override
  public void refused(String authorization) {
    lock.lock();
    try {
      if (token != null && isDone(token) && (BEARER + token.join()).equals(authorization)) {
        token = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** A token that is good for some seconds, if the provider gives such. */
  public CompletableFuture<String> current() {
    lock.lock();
    try {
      CompletableFuture<String> known = token;
      boolean usable = known != null && (!known.isDone() || isDone(known) && isFresh(known.join()));
      if (known == null || !usable) {
        known = CompletableFuture.supplyAsync(this::ask, executor);
        token = known;
      }
      return known.copy();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isDone(CompletableFuture<String> token) {
    return token.isDone() && !token.isCompletedExceptionally();
  }

  private String ask() {
    try {
      String fresh = provider.token();
      if (fresh == null || fresh.isBlank()) {
        throw new IllegalStateException("the token provider gave none");
      }
      return fresh.strip();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw TidegateException.local(
          TidegateException.Local.NO_TOKEN, "no token: " + e.getMessage(), e);
    }
  }

  private boolean isFresh(String jwt) {
    Long expiry = expiry(jwt);
    return expiry == null || expiry - clock.instant().getEpochSecond() > EARLY_SECONDS;
  }

  /** Seconds since 1970; null for what is no JWT with an {@code exp}. */
  public static @Nullable Long expiry(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      Object value = JsonTree.parse(new String(claims, StandardCharsets.UTF_8));
      return value instanceof Map<?, ?> map && map.get("exp") instanceof Long exp ? exp : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
