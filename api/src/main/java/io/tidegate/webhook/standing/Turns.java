package io.tidegate.webhook.standing;

import io.tidegate.problem.RefusedException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again, each on a thread of its own, until it is stopped. */
final class Turns {
  /** So soon it is noticed that it is to stop. */
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Behind a fault: it is not to fill the log. */
  private static final Duration FAULT_PAUSE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private volatile boolean stopped;

  /**
   * Begins with one of them.
   *
   * @param first the pause before the first turn
   */
  Thread begin(String name, Duration first, Duration pause, Runnable turn) {
    return Thread.ofVirtual().name(name).start(() -> again(name, first, pause, turn));
  }

  /** No turn begins any more. */
  void stop() {
    stopped = true;
  }

  private void again(String name, Duration first, Duration pause, Runnable turn) {
    sleep(first);
    while (!stopped) {
      try {
        turn.run();
      } catch (RefusedException e) {
        LOG.debug("{} wait for the database: {}", name, e.detail());
      } catch (RuntimeException e) {
        LOG.error("{} failed, it goes on", name, e);
        sleep(FAULT_PAUSE);
      }
      sleep(pause);
    }
  }

  private void sleep(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    try {
      for (Duration left = pause;
          !stopped && left.isPositive();
          left = Duration.ofNanos(until - System.nanoTime())) {
        Thread.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
