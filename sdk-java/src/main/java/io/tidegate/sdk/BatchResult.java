package io.tidegate.sdk;

import java.util.Optional;

/** What became of one channel's part of a batch: published or refused, one of them. */
public record BatchResult(
    String channel, Optional<Published> published, Optional<TidegateException> error) {
  public BatchResult {
    if (published.isPresent() == error.isPresent()) {
      throw new IllegalArgumentException("published or refused, one of them");
    }
  }

  /** What was published; throws the refusal. */
  public Published get() {
    return published.orElseThrow(error::get);
  }
}
