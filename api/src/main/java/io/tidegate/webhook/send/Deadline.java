package io.tidegate.webhook.send;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time that one call has, by a clock that nobody sets. */
final class Deadline {
  private final Duration within;
  private final long begun = System.nanoTime();

  Deadline(Duration within) {
    this.within = within;
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Never negative. */
  Duration left() {
    Duration left = within.minus(passed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Waits, but not beyond the deadline.
   *
   * @param what it waits for; for the reason
   * @throws Broken when time is over, or the thread is to stop
   * @throws ExecutionException with what the future failed with
   */
  <T> T await(CompletableFuture<T> future, String what) throws Broken, ExecutionException {
    try {
      return future.get(left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Broken(
          Outcome.Fault.TIMEOUT, within.toMillis() + " ms were over, waiting for " + what);
    } catch (CancellationException e) {
      throw stopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  /** The same; the JDK's futures park a virtual thread, where Netty's would hold its carrier. */
  <T> void await(Future<T> future, String what) throws Broken, ExecutionException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    future.addListener(
        ended -> {
          if (ended.isSuccess()) {
            done.complete(null);
          } else {
            done.completeExceptionally(ended.cause());
          }
        });
    await(done, what);
  }

  static Broken stopped() {
    return new Broken(Outcome.Fault.STOPPED, "the gateway is going down");
  }
}
