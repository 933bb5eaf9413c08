package io.tidegate.hub;

import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Where messages come up from the hub: one connected client. Called on its event loop only, and
 * must not wait.
 */
public interface Subscriber {
  /** The subscription begins behind {@code at}; precedes its first message. */
  void onSubscribed(Subscription subscription, Position at, Head.Resume.@Nullable Lost lost);

  /** The subscription could not begin; it is gone. */
  void onFailed(Subscription subscription, RefusedException refused);

  /**
   * The next messages of a subscription that is up to date.
   *
   * @return false when they were not taken: the subscription is behind now, and goes on by {@link
   *     Subscription#step} when the client can be written to again
   */
  boolean onBatch(Subscription subscription, Batch batch);

  /**
   * A call of this client's has thrown, or a step of one of its subscriptions: it cannot go on and
   * ends with an internal error, which says so in the log, once. The others of its loop go on.
   */
  void onFault(Throwable fault);

  /** The run is broken; it goes on behind {@code to}. */
  void onJump(
      Subscription subscription, Position from, Position to, String reason, @Nullable Long missed);

  /** A subscription that is behind, and had to wait for the store, can go on. */
  void onReady(Subscription subscription);

  /** Whether a flush is to be arranged: true once, until it comes. */
  boolean needsFlush();

  /** Writes what the calls since the last flush have left. */
  void flush();
}
