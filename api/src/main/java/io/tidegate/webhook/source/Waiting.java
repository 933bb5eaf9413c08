package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.store.Held;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of a channel.
 *
 * @param fresh what a broker has accepted, in seq order; may be empty
 * @param through up to there at least; null: up to wherever the channel ends
 * @param done true: told, or nobody wants to hear of it; false: not yet
 */
record Waiting(
    Held held, List<Told> fresh, @Nullable Position through, CompletableFuture<Boolean> done) {

  private static final int READING = 25;

  /** A unit; of a retry the messages are in the window. */
  static Waiting of(Held held, Published published) {
    long last = published.items().stream().mapToLong(Published.Item::seq).max().orElse(0);
    List<Told> fresh =
        published.fresh().stream().map(one -> new Told(published.epoch(), one)).toList();
    Position through = new Position(published.epoch(), last);
    return new Waiting(held, fresh, through, new CompletableFuture<>());
  }

  /** Whatever of the channel has not been told. */
  static Waiting rest(Held held) {
    return new Waiting(held, List.of(), null, new CompletableFuture<>());
  }

  ChannelId channel() {
    return held.channel();
  }

  /** Whether its channel has a past that can be read again. */
  boolean isKept() {
    return held.keep().messages() > 0;
  }

  /** For bounds: whose window has to be read takes as long as many messages. */
  int messages() {
    return fresh.isEmpty() ? READING : fresh.size();
  }

  int weight() {
    return 160 + fresh.stream().map(Told::message).mapToInt(Message::weight).sum();
  }
}
