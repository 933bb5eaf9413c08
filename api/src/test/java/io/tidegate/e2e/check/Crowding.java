package io.tidegate.e2e.check;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * How many times longer work takes than on a machine that does nothing else, from its start on: a
 * thread works for a moment now and then, and looks at how long that took, and how late it was
 * woken. What is promised within a time is promised on a machine that has that time.
 */
public final class Crowding implements AutoCloseable {
  private static final long CPU_NANOS = 20_000_000;
  private static final long PAUSE_MILLIS = 230;

  private final Thread thread = Thread.ofPlatform().daemon().name("crowding").unstarted(this::run);

  /** Guarded by this, as are the rest. */
  private long cpuNanos = CPU_NANOS;

  private long wallNanos = CPU_NANOS;

  /** When the moment of work or the pause that it is in has to be over. */
  private long dueNanos = System.nanoTime() + CPU_NANOS;

  private Crowding() {}

  public static Crowding watch() {
    Crowding crowding = new Crowding();
    crowding.thread.start();
    return crowding;
  }

  private void run() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    try {
      while (true) {
        long begun = expect(CPU_NANOS);
        long cpu = clock.getCurrentThreadCpuTime();
        long worked = 0;
        while (worked < CPU_NANOS) {
          Thread.onSpinWait();
          worked = clock.getCurrentThreadCpuTime() - cpu;
        }
        add(worked, System.nanoTime() - begun);
        long pause = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        long paused = expect(pause);
        Thread.sleep(PAUSE_MILLIS);
        add(0, System.nanoTime() - paused - pause);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized long expect(long nanos) {
    long now = System.nanoTime();
    dueNanos = now + nanos;
    return now;
  }

  private synchronized void add(long cpu, long wall) {
    cpuNanos += cpu;
    wallNanos += Math.max(0, wall);
  }

  /** 1 when nobody else works; on average since the start. */
  public synchronized double factor() {
    long late = Math.max(0, System.nanoTime() - dueNanos);
    return Math.max(1, (double) (wallNanos + late) / cpuNanos);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
