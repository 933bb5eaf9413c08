package io.tidegate.sdk.internal.live;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connection's timers, one of each at most. Guarded by the client's lock. */
final class Timers {
  private final Consumer<Input.Timer> due;
  private final Map<Input.Timer, ScheduledFuture<?>> running = new EnumMap<>(Input.Timer.class);

  /**
   * @param due told on the timers' thread, without the lock
   */
  Timers(Consumer<Input.Timer> due) {
    this.due = due;
  }

  void start(Input.Timer timer, long ms) {
    cancel(timer);
    running.put(
        timer, Threads.timer().schedule(() -> due.accept(timer), ms, TimeUnit.MILLISECONDS));
  }

  void cancel(Input.Timer timer) {
    ScheduledFuture<?> one = running.remove(timer);
    if (one != null) {
      one.cancel(false);
    }
  }
}
