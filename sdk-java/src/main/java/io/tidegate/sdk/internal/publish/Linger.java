package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.Published;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gathers single publishes into calls. A channel belongs to one lane and a lane has one call under
 * way, which keeps the order of a channel; several lanes keep the gateway busy.
 */
public final class Linger {
  /**
   * Calls under way at a time: one more than the gateway's threads of two cores, and one to be
   * read.
   */
  private static final int LANES = 4;

  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int most;

  /**
   * @param linger how long the first message of a call waits for others
   * @param most messages that wait for an answer, over all channels
   */
  public Linger(Transport transport, UnitSender sender, Duration linger, int most) {
    this.most = most;
    for (int i = 0; i < LANES; i++) {
      lanes.add(new Lane(new GroupSender(transport, sender), linger));
    }
  }

  public CompletableFuture<Published> publish(String channel, Outgoing message) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          TidegateException.local(
              TidegateException.Local.QUEUE_FULL,
              "The queue of publishes is full: " + most + " wait",
              null));
    }
    CompletableFuture<Published> answer = new CompletableFuture<>();
    Pending pending = new Pending(channel, message, answer);
    CompletableFuture<Published> counted =
        answer.whenComplete((published, thrown) -> waiting.decrementAndGet());
    lanes.get(Math.floorMod(channel.hashCode(), LANES)).add(pending);
    return counted;
  }

  /** Sends what waits and waits for its answers, for so long at most; takes nothing more. */
  public void close(Duration patience) {
    CompletableFuture<?>[] ends =
        lanes.stream().map(Lane::close).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Who published learns it from the futures.
    }
    lanes.forEach(Lane::abandon);
  }
}
