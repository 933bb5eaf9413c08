package io.tidegate.publish;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Published;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one batch that wait for hooks: side by side where they are of several channels, one
 * after the other within a channel. As many as a batch has channels at most. By one thread.
 */
final class Turns {
  private final Executor blocking;
  private final Map<ChannelName, CompletionStage<@Nullable Object>> last = new HashMap<>();

  /**
   * @param blocking virtual threads
   */
  Turns(Executor blocking) {
    this.blocking = blocking;
  }

  CompletionStage<Published> add(
      ChannelName channel, Supplier<CompletionStage<Published>> publish) {
    CompletionStage<@Nullable Object> before = last.get(channel);
    CompletionStage<Published> answer =
        (before == null ? CompletableFuture.completedFuture(null) : before)
            .thenComposeAsync(done -> publish.get(), blocking);
    last.put(channel, answer.handle((published, failure) -> null));
    return answer;
  }
}
