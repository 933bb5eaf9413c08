package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.store.Replay;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store on behalf of one feed: a moment after its order came into need, one question at a
 * time, and until it is answered. Guarded by the feed's monitor, which is not held while the store
 * is read.
 */
final class Repair {
  /** Nodes publish concurrently: a hole is given so long to fill by itself. */
  private static final long HOLE_MILLIS = 50;

  private static final long STORE_RETRY_MILLIS = 1_000;

  private final Feed feed;
  private final Order order;
  private final Hub hub;

  /** Whether a question is due, or with the store. */
  private boolean underWay;

  Repair(Feed feed, Order order, Hub hub) {
    this.feed = feed;
    this.order = order;
    this.hub = hub;
  }

  /** With the monitor held: arranges for a question when there is need of one. */
  void arrange() {
    if (order.isInNeed() && !underWay) {
      underWay = true;
      hub.later(this::ask, HOLE_MILLIS);
    }
  }

  private void ask() {
    Order.Ask ask;
    synchronized (feed) {
      if (feed.isClosed() || !order.isInNeed()) {
        underWay = false;
        return;
      }
      ask = order.ask();
    }
    hub.replay()
        .readNow(feed.channel(), ask.from())
        .whenComplete((found, failure) -> answered(ask, found, failure));
  }

  private void answered(
      Order.Ask asked, Replay.@Nullable Block found, @Nullable Throwable failure) {
    Order.Next next;
    synchronized (feed) {
      if (feed.isClosed()) {
        return;
      }
      if (failure != null || found == null) {
        again(STORE_RETRY_MILLIS);
        return;
      }
      next = order.answer(asked, found);
      underWay = next != Order.Next.REST;
      arrange();
    }
    switch (next) {
      case REST -> {}
      case ASK -> ask();
      case SUPERSEDE -> supersede(found.head().epoch());
    }
  }

  private void supersede(Epoch outrun) {
    hub.replay()
        .supersede(feed.channel(), outrun)
        .whenComplete(
            (done, failure) -> {
              synchronized (feed) {
                again(failure == null ? HOLE_MILLIS : STORE_RETRY_MILLIS);
              }
            });
  }

  private void again(long millis) {
    order.doubt();
    hub.later(this::ask, millis);
  }
}
