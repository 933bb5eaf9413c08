package io.tidegate.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one client's commands one after the other on a virtual thread, so that they may wait for the
 * database while the event loop goes on. Idle, it has no thread. Guarded by its monitor.
 */
final class Lane {
  /** More waiting than this: the client is not read from until there are fewer. */
  static final int FULL = 64;

  /** The same for the bytes of their frames: two of the largest. */
  static final int FULL_BYTES = 128 << 10;

  private final Executor blocking;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(2);
  private final Runnable belowFull;
  private final Consumer<Throwable> faults;
  private boolean running;

  /** Of all that wait, and of the one that runs. */
  private volatile int bytes;

  private record Waiting(Runnable command, int bytes) {}

  /**
   * @param belowFull called, on any thread, when the lane is no longer full
   * @param faults told what a command threw; the next one follows all the same
   */
  Lane(Executor blocking, Runnable belowFull, Consumer<Throwable> faults) {
    this.blocking = blocking;
    this.belowFull = belowFull;
    this.faults = faults;
  }

  /**
   * @param itsBytes what it keeps in memory, about
   */
  void add(Runnable command, int itsBytes) {
    synchronized (this) {
      waiting.add(new Waiting(command, itsBytes));
      bytes += itsBytes;
      if (running) {
        return;
      }
      running = true;
    }
    blocking.execute(this::run);
  }

  synchronized boolean isFull() {
    return waiting.size() >= FULL || bytes >= FULL_BYTES;
  }

  /** From any thread. */
  int bytes() {
    return bytes;
  }

  synchronized void clear() {
    for (Waiting one : waiting) {
      bytes -= one.bytes;
    }
    waiting.clear();
  }

  private void run() {
    for (Waiting next = next(0); next != null; next = next(next.bytes)) {
      try {
        next.command.run();
      } catch (RuntimeException | Error fault) {
        faults.accept(fault);
      }
    }
  }

  /**
   * @param done the bytes of the one before, which is done
   */
  private @Nullable Waiting next(int done) {
    Waiting next;
    boolean room;
    synchronized (this) {
      boolean full = isFull();
      bytes -= done;
      next = waiting.poll();
      room = full && !isFull();
      running = next != null;
    }
    if (room) {
      belowFull.run();
    }
    return next;
  }
}
