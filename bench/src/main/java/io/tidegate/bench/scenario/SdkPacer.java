package io.tidegate.bench.scenario;

import io.tidegate.sdk.Channel;
import io.tidegate.sdk.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Publishes at a steady rate, in arrays, whatever the answers; data begins with the time. */
final class SdkPacer {
  private final Channel channel;
  private final long gapNanos;
  private final int array;
  private final String filling;
  private final AtomicLong acknowledged = new AtomicLong();
  private final Thread thread;
  private final List<CompletableFuture<?>> answers = new ArrayList<>();

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
      answers.add(channel.publishAsync(messages()).handle(this::answered));
      answers.removeIf(CompletableFuture::isDone);
      next += gapNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    answers.forEach(CompletableFuture::join);
  }

  private List<OutgoingMessage> messages() {
    String data = System.nanoTime() + filling;
    List<OutgoingMessage> messages = new ArrayList<>();
    for (int i = 0; i < array; i++) {
      messages.add(OutgoingMessage.of(data));
    }
    return messages;
  }

  private boolean answered(Object published, Throwable failure) {
    if (failure == null) {
      acknowledged.addAndGet(array);
    } else {
      synchronized (this) {
        faults.add("a publish failed: " + failure);
      }
    }
    return failure == null;
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
