package io.tidegate.bench.subscribe;

import io.tidegate.bench.net.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many subscribers, opened a bounded number at a time. Used by the scenario's thread. */
public final class Crowd {
  private final List<Subscriber> members = new ArrayList<>();

  /** Adds one that is not open yet. */
  public void add(Subscriber subscriber) {
    members.add(subscriber);
  }

  /** All of them. */
  public List<Subscriber> members() {
    return members;
  }

  /**
   * Opens (or opens again) all, at most {@code atOnce} handshakes on their way, and waits until
   * every one is subscribed; fails with the first refusal.
   */
  public void open(int atOnce, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore handshakes = new Semaphore(atOnce);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Subscriber member : members) {
      if (!handshakes.tryAcquire(left(deadline), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("subscribers do not come up in " + patience);
      }
      all.add(member.open().whenComplete((ok, failure) -> handshakes.release()));
    }
    for (CompletableFuture<Void> one : all) {
      try {
        one.get(left(deadline), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException("subscriber: " + e.getCause(), e);
      } catch (TimeoutException e) {
        throw new IllegalStateException("subscribers do not come up in " + patience, e);
      }
    }
  }

  /** Nobody reads any more. */
  public void stall() {
    members.forEach(Subscriber::stall);
  }

  /**
   * The ends of their connections are near and no faults; each is done when its connection has
   * ended, to be opened again.
   */
  public List<CompletableFuture<Void>> lose() {
    return members.stream().map(Subscriber::lose).toList();
  }

  /** Everybody connects there from now on. */
  public void moveTo(Address there) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).moveTo(there.source(i));
    }
  }

  /** Ends every connection abruptly. */
  public void cut() {
    members.forEach(Subscriber::cut);
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }
}
