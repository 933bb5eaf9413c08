package io.tidegate.sdk.internal;

import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.TokenProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a client was built with; {@link io.tidegate.sdk.TidegateBuilder} says what each is. */
public record Settings(
    URI url,
    @Nullable String key,
    @Nullable TokenProvider tokens,
    JsonMapper mapper,
    Duration timeout,
    Duration connectTimeout,
    int attempts,
    Duration linger,
    int queue,
    @Nullable Executor executor,
    List<URI> alternatives,
    boolean echo) {
  public Settings {
    alternatives = List.copyOf(alternatives);
    if ((key == null) == (tokens == null)) {
      throw new IllegalArgumentException("a key or a token provider, one of them");
    }
  }

  /** Never a secret. */
  @Override
  public String toString() {
    return "Tidegate at " + url;
  }
}
