package io.tidegate.bench;

import java.time.Duration;

/** Ends the process when a run hangs; shutdown hooks end the gateway. */
final class TimeLimit implements AutoCloseable {
  private static final int TIMED_OUT = 3;

  private final Thread guard;

  TimeLimit(Duration limit) {
    guard =
        new Thread(
            () -> {
              try {
                Thread.sleep(limit.toMillis());
              } catch (InterruptedException e) {
                return; // the run ended first
              }
              System.err.println("bench: broken off after " + limit);
              System.exit(TIMED_OUT);
            },
            "time-limit");
    guard.setDaemon(true);
    guard.start();
  }

  @Override
  public void close() {
    guard.interrupt();
  }
}
