package io.tidegate.sdk.internal.live;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether the gateway is still there: it is heard, and it answers (asyncapi.yaml, Liveness). */
final class Heartbeat {
  private static final long TICK_MS = 1_000;

  /** The gateway is heard each ping interval; this much later it counts as gone. */
  private static final long SILENCE_MS = 10_000;

  private final ReentrantLock lock;
  private final Requests requests;
  private final Duration answerWithin;
  private final Consumer<String> dead;

  /** Guarded by the lock, as the two below; null when it does not beat. */
  private @Nullable ScheduledFuture<?> ticking;

  private long lastTick;
  private long mostSilence;

  /**
   * @param dead told why, under the lock
   */
  Heartbeat(ReentrantLock lock, Requests requests, Duration answerWithin, Consumer<String> dead) {
    this.lock = lock;
    this.requests = requests;
    this.answerWithin = answerWithin;
    this.dead = dead;
  }

  /** Under the lock. */
  void start(Socket socket, long pingIntervalMs) {
    stop();
    mostSilence = TimeUnit.MILLISECONDS.toNanos(pingIntervalMs + SILENCE_MS);
    lastTick = System.nanoTime();
    ticking =
        Threads.timer()
            .scheduleWithFixedDelay(() -> tick(socket), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** Under the lock. */
  void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  private void tick(Socket socket) {
    lock.lock();
    try {
      long now = System.nanoTime();
      // A process that stood still has frames to read first.
      boolean late = now - lastTick > TimeUnit.MILLISECONDS.toNanos(3 * TICK_MS);
      lastTick = now;
      if (late || ticking == null) {
        return;
      }
      if (socket.silence() > mostSilence) {
        dead.accept("Nothing was heard of the gateway");
      } else if (requests.overdue() > answerWithin.toNanos()) {
        dead.accept("The gateway did not answer");
      }
    } finally {
      lock.unlock();
    }
  }
}
