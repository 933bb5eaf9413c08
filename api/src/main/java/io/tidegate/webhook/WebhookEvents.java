package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.Map;

/**
 * Where events go in. What {@link #emit} was called for is delivered at least once, to each webhook
 * that wants it, from the commit on; those of one subject in the order of their commits. Call it on
 * a virtual thread.
 */
public interface WebhookEvents {
  /** Whether anybody wants to be told; from memory when the app is known. */
  boolean wants(AppId app, EventType type, Subject subject);

  /**
   * Queues the events, in their order, in the transaction around it if there is one: with what they
   * tell of, or not at all. Does nothing for those that nobody wants.
   *
   * @throws RefusedException STORE_UNAVAILABLE: none of them is queued
   */
  void emit(List<Event> events);

  /** The same for one that happens now. */
  default void emit(AppId app, EventType type, Subject subject, Map<String, ?> data) {
    emit(List.of(Event.of(app, type, subject, null, data)));
  }
}
