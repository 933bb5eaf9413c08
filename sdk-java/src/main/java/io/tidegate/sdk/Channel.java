package io.tidegate.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel as one client sees it: made by {@link Tidegate#channel}, and cheap. Implemented by the
 * SDK alone.
 */
public interface Channel {
  /** Its name. */
  String name();

  /**
   * Publishes one message and waits until the channel's durability class holds it. Retried with the
   * same id while that can help: it is published once. Over the connection when there is one, or
   * one is being opened, where it waits in a bounded queue; else over HTTP.
   */
  Published publish(OutgoingMessage message);

  /** Publishes up to 100 messages as one unit: consecutive, all or nothing. */
  Published publish(List<OutgoingMessage> messages);

  /** Data of a kind. */
  default Published publish(String name, @Nullable Object data) {
    return publish(OutgoingMessage.of(name, data));
  }

  /** {@link #publish(OutgoingMessage)} without waiting. */
  CompletableFuture<Published> publishAsync(OutgoingMessage message);

  /** {@link #publish(List)} without waiting. */
  CompletableFuture<Published> publishAsync(List<OutgoingMessage> messages);

  /** Data of a kind, without waiting. */
  default CompletableFuture<Published> publishAsync(String name, @Nullable Object data) {
    return publishAsync(OutgoingMessage.of(name, data));
  }

  /** The channel's messages, newest first. */
  default Paged<Message> history() {
    return history(HistoryQuery.newestFirst());
  }

  /** The channel's messages, as far as its class keeps them. */
  Paged<Message> history(HistoryQuery query);

  /**
   * Subscribes from now on, and opens the connection for it. Whatever breaks it, it goes on where
   * it was: each message once, in order; what the gateway no longer keeps is announced.
   */
  default Subscription subscribe(MessageListener listener) {
    return subscribe(SubscribeOptions.live(), listener);
  }

  /** The same from another position. */
  Subscription subscribe(SubscribeOptions options, MessageListener listener);

  /**
   * The channel as a reactive stream: each subscriber has a subscription of its own, and is given
   * no more than it asked for. A jump is told between the messages it lies between, on the same
   * thread.
   */
  Flow.Publisher<Message> stream(SubscribeOptions options, Consumer<Discontinuity> onDiscontinuity);

  /** {@link #stream(SubscribeOptions, Consumer)} from now on. */
  default Flow.Publisher<Message> stream(Consumer<Discontinuity> onDiscontinuity) {
    return stream(SubscribeOptions.live(), onDiscontinuity);
  }

  /** Who is in it. */
  Presence presence();

  /** Where it stands, and which rules it follows. Needs {@code admin}. */
  ChannelState state();

  /** {@link #state} without waiting. */
  CompletableFuture<ChannelState> stateAsync();

  /** Deletes its messages; a new epoch begins. Needs {@code admin}. */
  void deleteMessages();

  /** {@link #deleteMessages} without waiting. */
  CompletableFuture<Void> deleteMessagesAsync();
}
