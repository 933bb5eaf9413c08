package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.check.Ledger;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Steadfast;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.rest.History.Kept;
import io.tidegate.e2e.rest.Outcome;
import io.tidegate.e2e.rest.Outcome.Acked;
import io.tidegate.e2e.rest.Outcome.Refused;
import io.tidegate.e2e.rest.Outcome.Unknown;
import io.tidegate.e2e.rest.RestPublisher;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * 5,000 durable publishes by 8 publishers into 4 channels, with subscribers who always come back.
 * There are more of them until the end is waited for: what happens before that happens in the
 * middle, however slow the test's own thread is. What was refused is published again under another
 * id. Of what is unknown every other one is retried with its id until it is acknowledged, the rest
 * is left alone.
 */
public final class Storm implements AutoCloseable {
  public static final int PUBLISHES = 5_000;

  private static final int PUBLISHERS = 8;
  private static final int CHANNELS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final long RETRY_MILLIS = 50;

  private final TestApp app;
  private final List<String> channels;
  private final Observations observations = new Observations();
  private final List<Steadfast> audience = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> done = new ArrayList<>();
  private final AtomicInteger settled = new AtomicInteger();
  private volatile boolean enough;
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger resolved = new AtomicInteger();

  private Storm(TestApp app, String name) {
    this.app = app;
    this.channels = IntStream.range(0, CHANNELS).mapToObj(i -> "storm:" + name + "-" + i).toList();
  }

  /** The app's {@code storm:*} channels are durable. */
  public static Storm begin(TestApp app, String name) {
    Storm storm = new Storm(app, name);
    storm.seat(Transport.WEBSOCKET);
    storm.seat(Transport.SSE);
    for (int i = 0; i < PUBLISHERS; i++) {
      int publisher = i;
      storm.done.add(storm.publishers.submit(() -> storm.publish(publisher)));
    }
    return storm;
  }

  private void seat(Transport transport) {
    Client client = transport.open(app, channels.toArray(String[]::new));
    Watch watch = observations.watch(transport.toString(), client.frames());
    watches.add(watch);
    audience.add(new Steadfast(client));
  }

  private void publish(int publisher) {
    RestPublisher rest = app.publisher();
    for (int i = 0; i < PUBLISHES / PUBLISHERS || !enough; i++) {
      String channel = channels.get((publisher + i) % CHANNELS);
      publishUntilSettled(rest, channel, publisher + "-" + i, i % 2 == 0);
      settled.incrementAndGet();
    }
  }

  private void publishUntilSettled(RestPublisher rest, String channel, String name, boolean retry) {
    Ledger ledger = observations.ledger(channel);
    for (int attempt = 0; ; attempt++) {
      String id = name + "-" + attempt;
      String data = "{\"publish\":\"" + id + "\"}";
      long asked = System.nanoTime();
      switch (rest.publish(channel, message(id, data))) {
        case Acked acked -> {
          note(ledger, id, data, acked, asked);
          return;
        }
        case Refused refused -> {
          ledger.refused(id);
          pause();
        }
        case Unknown why -> {
          ledger.unknown(id);
          unknown.incrementAndGet();
          if (retry) {
            note(ledger, id, data, insist(rest, channel, message(id, data)), asked);
            resolved.incrementAndGet();
          }
          return;
        }
      }
    }
  }

  private static void note(Ledger ledger, String id, String data, Acked acked, long asked) {
    long seq = acked.messages().getFirst().seq();
    ledger.acked(id, data, acked.epoch(), seq, asked, System.nanoTime());
  }

  private static Acked insist(RestPublisher rest, String channel, String message) {
    while (true) {
      Outcome outcome = rest.publish(channel, message);
      if (outcome instanceof Acked acked) {
        return acked;
      }
      pause();
    }
  }

  private static String message(String id, String data) {
    return "{\"id\":\"" + id + "\",\"data\":" + data + "}";
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until so many publishes have been settled; of {@link #PUBLISHES}, for the end. */
  public void awaitSettled(int count) {
    boolean end = count >= PUBLISHES;
    enough = end;
    Awaitility.await(count + " publishes")
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(
            () ->
                end
                    ? done.stream().allMatch(Future::isDone)
                    : settled.get() >= count || done.stream().anyMatch(Storm::failed));
    for (Future<?> publisher : done) {
      if (failed(publisher)) {
        throw new AssertionError("a publisher failed", publisher.exceptionNow());
      }
    }
  }

  private static boolean failed(Future<?> publisher) {
    return publisher.state() == Future.State.FAILED;
  }

  /** How many publishes did not get their answer at once. */
  int troubled() {
    return resolved.get()
        + channels.stream()
            .map(observations::ledger)
            .mapToInt(ledger -> ledger.unknowns() + ledger.refusals())
            .sum();
  }

  /** How many publishes were answered with an unknown outcome. */
  int unknown() {
    return unknown.get();
  }

  /** How often a subscriber was out and had to come back. */
  public int reconnects() {
    return audience.stream().mapToInt(Steadfast::reconnects).sum();
  }

  /** Every promise about what was published, delivered and kept. */
  public void assertKept() {
    for (String channel : channels) {
      List<Kept> kept = app.history(channel).forward(1_000);
      observations.history(channel, kept);
      for (Watch watch : watches) {
        Awaitility.await("everything of " + channel)
            .atMost(PATIENCE)
            .until(() -> watch.seq(channel) >= kept.size());
      }
    }
    assertThat(observations.faults()).isEmpty();
    assertThat(watches).allSatisfy(watch -> assertThat(watch.jumps()).isEmpty());
  }

  @Override
  public void close() {
    enough = true;
    audience.forEach(Steadfast::close);
    publishers.shutdownNow();
  }
}
