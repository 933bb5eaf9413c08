package io.tidegate.sdk.internal.live;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs what it is given in order, one at a time, on another executor. What is thrown is logged. */
final class Serial implements Executor {
  private static final System.Logger LOG = System.getLogger(Serial.class.getName());

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. Its bound is that of who fills it: state changes and presence events. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  /** Guarded by the lock. */
  private boolean running;

  Serial(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    executor.execute(this::run);
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      guarded(task);
    }
  }

  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A listener has failed", e);
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    } finally {
      lock.unlock();
    }
  }
}
