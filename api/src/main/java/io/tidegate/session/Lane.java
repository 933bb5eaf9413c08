package io.tidegate.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs one client's commands one after the other on a virtual thread, so that they may wait for the
 * database while the event loop goes on. Idle, it has no thread. Guarded by its monitor.
 */
final class Lane {
  /** More waiting than this: the client is not read from until there are fewer. */
  static final int FULL = 64;

  private final Executor blocking;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
  private final Runnable belowFull;
  private boolean running;

  /**
   * @param belowFull called, on any thread, when the lane is no longer full
   */
  Lane(Executor blocking, Runnable belowFull) {
    this.blocking = blocking;
    this.belowFull = belowFull;
  }

  void add(Runnable command) {
    synchronized (this) {
      waiting.add(command);
      if (running) {
        return;
      }
      running = true;
    }
    blocking.execute(this::run);
  }

  synchronized boolean isFull() {
    return waiting.size() >= FULL;
  }

  synchronized void clear() {
    waiting.clear();
  }

  private void run() {
    for (Runnable next = poll(); next != null; next = poll()) {
      next.run();
    }
  }

  private @Nullable Runnable poll() {
    Runnable next;
    boolean emptied;
    synchronized (this) {
      next = waiting.poll();
      emptied = waiting.size() == FULL - 1;
      running = next != null;
    }
    if (emptied && next != null) {
      belowFull.run();
    }
    return next;
  }
}
