package io.tidegate.sdk.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Threads for who brings none: made as needed, gone after a minute, never keeping a JVM alive. */
public final class Threads {
  private static final AtomicLong COUNT = new AtomicLong();

  private Threads() {}

  public static Executor daemons() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "tidegate-" + COUNT.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
