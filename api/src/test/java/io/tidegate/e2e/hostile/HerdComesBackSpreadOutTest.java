package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Over a thousand clients lose their node at the same moment and all come to the next one at once:
 * it lets in so many a second, tells the others when, and everybody goes on without a gap.
 */
@WireTest
final class HerdComesBackSpreadOutTest {
  private static final int CLIENTS = 1_050;
  private static final int PER_SECOND = 75;
  private static final int MESSAGES = 10;
  private static final String NEWCOMERS = "TIDEGATE_NEWCOMERS_PER_ADDRESS";
  private static final long PATIENCE_SECONDS = 240;

  /** What those were told who were not let in, in ms. */
  private final Queue<Long> advice = new ConcurrentLinkedQueue<>();

  private record Place(String epoch, long seq) {}

  @Test
  void everyOneOfThemGoesOnWithoutAGap() throws Exception {
    TestApp app;
    List<Place> places;
    try (TestGateway first = TestGateway.start("herd", Map.of(NEWCOMERS, "0"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      app = TestApp.create(door(first), "Herd");
      app.namespace("herd", "{'pattern':'herd:*','durability':'durable'}");
      TestApp there = app;
      List<RawSocket> sockets = all(threads, client -> RawSocket.withKey(door(first), there.key()));
      List<Place> begun = all(threads, client -> subscribe(sockets.get(client)));
      app.publisher().numbers("herd:1", MESSAGES);
      places = all(threads, client -> read(sockets.get(client), begun.get(client)));
      sockets.forEach(RawSocket::close);
    }
    try (TestGateway second =
            TestGateway.over(
                "herd",
                Map.of(
                    NEWCOMERS, "0", "TIDEGATE_ACCEPTED_PER_SECOND", Integer.toString(PER_SECOND)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Door door = door(second);
      String key = app.key();
      List<Place> from = places;
      new TestApp(door, app.tenantId(), app.id(), key).publisher().numbers("herd:1", MESSAGES);
      long begun = System.nanoTime();
      AtomicLong last = new AtomicLong(begun);
      // Who is in goes on at once: nobody here answers pings for as long as it takes the others.
      all(
          threads,
          client -> {
            try (RawSocket socket = comeBack(door, key)) {
              last.accumulateAndGet(System.nanoTime(), Math::max);
              return resume(socket, from.get(client));
            }
          });
      assertSpread(TimeUnit.NANOSECONDS.toMillis(last.get() - begun));
    }
  }

  private void assertSpread(long tookMillis) {
    // So many at once, and so many each second; a busy machine only takes longer.
    assertThat(tookMillis)
        .as("ms until the last was let in")
        .isGreaterThanOrEqualTo((CLIENTS - PER_SECOND) * 1_000L / PER_SECOND - 100);
    assertThat(advice.size()).as("were told to come later").isGreaterThan(0);
    assertThat(advice).allSatisfy(one -> assertThat(one).isBetween(0L, 120_000L));
    assertThat(advice.stream().distinct().count())
        .as("each was told another time")
        .isGreaterThan(Math.min(advice.size(), 100) / 2);
  }

  private static Door door(TestGateway gateway) {
    return new Door(gateway.gateway().port(), false);
  }

  /** Tries at once, then whenever it is told to. */
  private RawSocket comeBack(Door door, String key) throws InterruptedException {
    while (true) {
      RawLine line = RawLine.open(door);
      Answer answer = line.send(RawSocket.handshake(RawSocket.basic(key))).answer();
      if (answer.status() == 101) {
        return RawSocket.opened(line);
      }
      line.close();
      assertThat(answer.code()).isEqualTo(50306);
      assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
      JsonNode after = answer.json().path("retryAfterMs");
      assertThat(after.isIntegralNumber()).isTrue();
      advice.add(after.asLong());
      Thread.sleep(after.asLong());
    }
  }

  private static Place subscribe(RawSocket socket) {
    socket.send(RawSocket.text("{\"type\":\"subscribe\",\"channel\":\"herd:1\"}"));
    JsonNode subscribed = socket.await("subscribed");
    return new Place(subscribed.path("epoch").asText(), subscribed.path("seq").asLong());
  }

  private static Place resume(RawSocket socket, Place from) {
    socket.send(
        RawSocket.text(
            "{\"type\":\"subscribe\",\"channel\":\"herd:1\",\"since\":{\"epoch\":\"%s\",\"seq\":%d}}"
                .formatted(from.epoch(), from.seq())));
    JsonNode subscribed = socket.await("subscribed");
    assertThat(subscribed.path("resumed").asBoolean()).isTrue();
    assertThat(subscribed.path("epoch").asText()).isEqualTo(from.epoch());
    return read(socket, from);
  }

  /** The next messages, each once and in order. */
  private static Place read(RawSocket socket, Place from) {
    for (int next = 1; next <= MESSAGES; next++) {
      assertThat(socket.await("message").path("seq").asLong()).isEqualTo(from.seq() + next);
    }
    return new Place(from.epoch(), from.seq() + MESSAGES);
  }

  private interface Part<T> {
    T of(int client) throws Exception;
  }

  /** What each client's part comes to, all at the same time. */
  private static <T> List<T> all(ExecutorService threads, Part<T> part) throws Exception {
    List<Future<T>> parts =
        IntStream.range(0, CLIENTS)
            .mapToObj(client -> threads.submit(() -> part.of(client)))
            .toList();
    List<T> done = new ArrayList<>();
    for (Future<T> one : parts) {
      done.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return done;
  }
}
