package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.RealInput.Row;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.client.Steadfast;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 200 WebSockets and 50 event streams over the channels of the real input. Every other one is cut
 * off when it has got half of its rows, and comes back.
 */
final class Audience implements AutoCloseable {
  private static final int WEBSOCKETS = 200;
  private static final int STREAMS = 50;

  private final List<Seat> seats = new ArrayList<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Queue<Steadfast> back = new ConcurrentLinkedQueue<>();
  private final Map<String, List<JsonNode>> expected;

  private record Seat(Client client, Watch watch, List<String> channels) {}

  private Audience(Map<String, List<JsonNode>> expected) {
    this.expected = expected;
  }

  /** Everyone is subscribed when this returns. */
  static Audience of(TestApp app, Map<String, List<Row>> rows, Observations observations) {
    Map<String, List<JsonNode>> data = new java.util.HashMap<>();
    rows.forEach(
        (channel, of) -> data.put(channel, of.stream().map(row -> Json.read(row.data())).toList()));
    Audience audience = new Audience(data);
    List<String> stocks = audience.named("stocks:");
    List<String> quakes = audience.named("quakes:");
    for (int i = 0; i < WEBSOCKETS + STREAMS; i++) {
      Transport transport = i < WEBSOCKETS ? Transport.WEBSOCKET : Transport.SSE;
      List<String> channels = new ArrayList<>();
      channels.add(stocks.get(i % stocks.size()));
      channels.add(quakes.get(i % quakes.size()));
      if (i % 3 == 0) {
        channels.add(quakes.get((i + 1) % quakes.size()));
      }
      audience.seat(app, transport, channels, observations.watch(transport + " " + i), i % 2 == 0);
    }
    return audience;
  }

  private List<String> named(String prefix) {
    return expected.keySet().stream()
        .filter(channel -> channel.startsWith(prefix))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private void seat(
      TestApp app, Transport transport, List<String> channels, Watch watch, boolean isCut) {
    Client client = transport.open(app, channels.toArray(String[]::new));
    client.frames().follow(watch);
    if (isCut) {
      int half = channels.stream().mapToInt(channel -> rows(channel)).sum() / 2;
      AtomicInteger seen = new AtomicInteger();
      client
          .frames()
          .listen(
              frame -> {
                if (Frames.type(frame).equals("message") && seen.incrementAndGet() == half) {
                  cutOff(client);
                }
              });
    }
    seats.add(new Seat(client, watch, channels));
  }

  /** It comes back as a client library does: again, when the node says to come later. */
  private void cutOff(Client client) {
    client.cut();
    cuts.incrementAndGet();
    back.add(new Steadfast(client));
  }

  private int rows(String channel) {
    return expected.getOrDefault(channel, List.of()).size();
  }

  int cuts() {
    return cuts.get();
  }

  boolean hasEverything() {
    return seats.stream()
        .allMatch(
            seat ->
                seat.channels.stream()
                    .allMatch(channel -> seat.watch.seq(channel) >= rows(channel)));
  }

  void assertRows() {
    for (Seat seat : seats) {
      assertThat(seat.watch.jumps()).isEmpty();
      for (String channel : seat.channels) {
        assertThat(seat.watch.messages(channel))
            .as(channel)
            .extracting(message -> message.path("data"))
            .isEqualTo(expected.get(channel));
      }
    }
  }

  @Override
  public void close() {
    back.forEach(Steadfast::close);
    seats.forEach(seat -> seat.client.close());
  }
}
