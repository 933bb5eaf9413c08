package io.tidegate.bench.publish;

import io.netty.util.concurrent.ScheduledFuture;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.wire.Stamp;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next message is published: as soon as fewer than n are on their way to any
 * subscriber, or at a pace. State is the publisher's loop's.
 */
public final class Pump {
  private final Flight flight;

  /** Null until {@link #use}. */
  private @Nullable Publisher publisher;

  /** Messages on their way at most; 0 while stopped or paced. */
  private int limit;

  private @Nullable ScheduledFuture<?> pacer;
  private volatile long published;

  /** A pump for a channel with so many subscribers. */
  public Pump(int subscribers) {
    flight = new Flight(subscribers, this::wake);
  }

  /** What the subscribers tell their deliveries to. */
  public Deliveries deliveries() {
    return flight;
  }

  /** Names the publisher, once, before anything is published. */
  public void use(Publisher chosen) {
    publisher = chosen;
  }

  /** Keeps {@code count} messages on their way. */
  public void keepInFlight(int count) {
    onLoop(
        () -> {
          halt();
          limit = count;
          pump();
        });
  }

  /** Publishes so many messages a second; a message's clock starts when it was due, not sent. */
  public void pace(double perSecond) {
    long interval = (long) (1e9 / perSecond);
    onLoop(
        () -> {
          halt();
          long start = Stamp.now();
          long first = published;
          long period = Math.max(interval, 1_000_000);
          pacer =
              required()
                  .loop()
                  .executor()
                  .scheduleAtFixedRate(
                      () -> tick(start, first, interval), 0, period, TimeUnit.NANOSECONDS);
        });
  }

  /** Publishes nothing more. */
  public void stop() {
    onLoop(this::halt);
  }

  /** Messages published so far. */
  public long published() {
    return published;
  }

  /** Whether every message published was received by all and answered. Not from a loop. */
  public boolean settled() {
    Publisher used = required();
    int unanswered = used.loop().executor().submit(used::unanswered).syncUninterruptibly().getNow();
    return unanswered == 0 && flight.completed() == published;
  }

  /** Looks again whether there is something to publish. From any loop. */
  public void wake() {
    if (publisher != null) {
      onLoop(this::pump);
    }
  }

  private void pump() {
    Publisher used = required();
    boolean any = false;
    while (published - flight.completed() < limit && used.ready()) {
      publish(Stamp.now());
      any = true;
    }
    if (any) {
      used.flush();
    }
  }

  private void tick(long start, long first, long interval) {
    Publisher used = required();
    boolean any = false;
    while (start + (published - first) * interval <= Stamp.now()
        && published - flight.completed() < Flight.CAPACITY
        && used.ready()) {
      publish(start + (published - first) * interval);
      any = true;
    }
    if (any) {
      used.flush();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by one loop only
  private void publish(long sent) {
    required().publish(published, sent);
    published++;
  }

  private void halt() {
    limit = 0;
    if (pacer != null) {
      pacer.cancel(false);
      pacer = null;
    }
  }

  private Publisher required() {
    return Objects.requireNonNull(publisher, "no publisher yet");
  }

  private void onLoop(Runnable task) {
    Loops.Loop loop = required().loop();
    if (loop.executor().inEventLoop()) {
      task.run();
    } else {
      loop.executor().execute(task);
    }
  }
}
