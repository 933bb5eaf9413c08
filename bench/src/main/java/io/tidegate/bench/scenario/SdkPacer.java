package io.tidegate.bench.scenario;

import io.tidegate.sdk.Channel;
import io.tidegate.sdk.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes at a steady rate, in arrays, without waiting for answers; data begins with the time.
 */
final class SdkPacer {
  /**
   * Calls without an answer. More would be half a second behind, and each of them a connection of
   * its own: that the gateway does not keep up is to show in the rate, not to be made worse.
   */
  private static final int MOST_IN_FLIGHT = 64;

  private final Channel channel;
  private final long gapNanos;
  private final int array;
  private final String filling;
  private final AtomicLong acknowledged = new AtomicLong();
  private final Semaphore flight = new Semaphore(MOST_IN_FLIGHT);
  private final Thread thread;

  /** Guarded by this. */
  private final List<String> faults = new ArrayList<>();

  private volatile boolean stopped;

  SdkPacer(Channel channel, int perSecond, int array, int size) {
    this.channel = channel;
    this.gapNanos = 1_000_000_000L * array / perSecond;
    this.array = array;
    this.filling = " " + "x".repeat(size);
    this.thread = Thread.ofPlatform().start(this::run);
  }

  private void run() {
    long next = System.nanoTime();
    while (!stopped) {
      flight.acquireUninterruptibly();
      channel.publishAsync(messages()).whenComplete(this::answered);
      next += gapNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    flight.acquireUninterruptibly(MOST_IN_FLIGHT);
  }

  private List<OutgoingMessage> messages() {
    String data = System.nanoTime() + filling;
    List<OutgoingMessage> messages = new ArrayList<>();
    for (int i = 0; i < array; i++) {
      messages.add(OutgoingMessage.of(data));
    }
    return messages;
  }

  private void answered(Object published, Throwable failure) {
    if (failure == null) {
      acknowledged.addAndGet(array);
    } else {
      synchronized (this) {
        faults.add("a publish failed: " + failure);
      }
    }
    flight.release();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /** Ends it; returns how many were acknowledged. */
  long stop() throws InterruptedException {
    stopped = true;
    thread.join();
    return acknowledged();
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }
}
