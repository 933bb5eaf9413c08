package io.tidegate.e2e.presence;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How many times longer work takes than on a machine that does nothing else, from its start on: a
 * thread works for a moment now and then, and looks at how long that took.
 */
final class Crowding implements AutoCloseable {
  private static final long CPU_NANOS = 20_000_000;
  private static final long PAUSE_MILLIS = 230;

  private final Thread thread = Thread.ofPlatform().daemon().name("crowding").unstarted(this::run);

  /** Guarded by this, as are the rest. */
  private long cpuNanos;

  private long wallNanos;

  private Crowding() {}

  static Crowding watch() {
    Crowding crowding = new Crowding();
    crowding.thread.start();
    return crowding;
  }

  private void run() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    try {
      while (true) {
        long begun = System.nanoTime();
        long cpu = clock.getCurrentThreadCpuTime();
        long worked = 0;
        while (worked < CPU_NANOS) {
          Thread.onSpinWait();
          worked = clock.getCurrentThreadCpuTime() - cpu;
        }
        add(worked, System.nanoTime() - begun);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(long cpu, long wall) {
    cpuNanos += cpu;
    wallNanos += wall;
  }

  /** 1 when nobody else works; on average since the start. */
  synchronized double factor() {
    return cpuNanos == 0 ? 1 : (double) wallNanos / cpuNanos;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
