package io.tidegate.allowance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that share one bucket over a lender whose answers take time and that is away at times; all
 * in one thread and in a time of its own.
 */
final class SimulatedNodes {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Random random;
  private final Rate rate;
  private final long latencyNanos;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  private final MemoryLender lender = new MemoryLender(() -> micros());
  private final List<LeasedBucket> buckets = new ArrayList<>();
  private long now;
  private long number;
  private boolean away;
  private long offered;

  private record Event(long atNanos, long number, Runnable what) {}

  /**
   * @param latencyNanos an answer takes up to so long
   */
  SimulatedNodes(Random random, int nodes, Rate rate, long latencyNanos) {
    this.random = random;
    this.rate = rate;
    this.latencyNanos = latencyNanos;
    for (int i = 0; i < nodes; i++) {
      addNode("node" + i, nodes);
    }
  }

  private long micros() {
    return 1_700_000_000_000_000L + now / 1_000;
  }

  private void addNode(String name, int nodes) {
    long origin = random.nextLong();
    Lender near = lender.of(name);
    Lender far = new Far(near);
    Courier courier = new Courier(far, task -> in(0, task));
    Circle circle =
        new Circle(far, courier, () -> nodes, () -> origin + now, Duration.ofNanos(PATIENCE_NANOS));
    buckets.add(new LeasedBucket("b", circle));
    in(random.nextLong(100_000_000), () -> tick(courier));
  }

  private void tick(Courier courier) {
    courier.tick();
    in(60_000_000 + random.nextLong(80_000_000), () -> tick(courier));
  }

  /** What lies between a node and the lender. */
  private final class Far implements Lender {
    private final Lender near;

    Far(Lender near) {
      this.near = near;
    }

    @Override
    public boolean isUp() {
      return !away;
    }

    @Override
    public CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes) {
      CompletableFuture<List<Loan>> answer = new CompletableFuture<>();
      if (away) {
        answer.completeExceptionally(new IllegalStateException("away"));
        return answer;
      }
      in(
          random.nextLong(latencyNanos / 2) + 1,
          () -> {
            // What was under way when it went away was carried out, or was not; nobody is told.
            if (!away || random.nextBoolean()) {
              near.lend(partition, wishes)
                  .whenComplete(
                      (loans, failure) ->
                          in(random.nextLong(latencyNanos / 2) + 1, () -> tell(answer, loans)));
            } else {
              tell(answer, null);
            }
          });
      return answer;
    }

    private void tell(CompletableFuture<List<Loan>> answer, @Nullable List<Loan> loans) {
      if (away || loans == null) {
        answer.completeExceptionally(new IllegalStateException("away"));
      } else {
        answer.complete(loans);
      }
    }
  }

  private void in(long nanos, Runnable what) {
    events.add(new Event(now + nanos, number++, what));
  }

  /** Offers so many a second to a node, in units of that size, at random moments. */
  void offer(int node, double perSecond, int unit, LongConsumer admitted) {
    if (perSecond <= 0) {
      return;
    }
    double mean = unit / perSecond * TimeUnit.SECONDS.toNanos(1);
    in(
        (long) (random.nextDouble() * 2 * mean) + 1,
        () -> {
          offered += unit;
          buckets
              .get(node)
              .asked(unit, rate)
              .thenAccept(
                  grant -> {
                    if (grant.granted()) {
                      admitted.accept(unit);
                    }
                  });
          offer(node, perSecond, unit, admitted);
        });
  }

  /** Away from then on, for so long; it may have forgotten all when it is back. */
  void outage(long atNanos, long nanos, boolean forgets) {
    in(atNanos, () -> away = true);
    in(
        atNanos + nanos,
        () -> {
          away = false;
          if (forgets) {
            lender.forget();
          }
        });
  }

  boolean isAway() {
    return away;
  }

  long nowNanos() {
    return now;
  }

  long offered() {
    return offered;
  }

  void run(long nanos) {
    long end = now + nanos;
    while (!events.isEmpty() && events.peek().atNanos() <= end) {
      Event next = events.poll();
      now = next.atNanos();
      next.what().run();
    }
    now = end;
  }
}
