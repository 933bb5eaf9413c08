package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.RealInput.Row;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.History.Kept;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.RestPublisher;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Share prices and earthquakes, replayed through REST to 250 subscribers: everyone gets every row
 * of its channels in the order of the file, whether its line was cut in between or not.
 */
@ProcessTest
final class RealInputArrivesWholeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PAGE = 50;

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  private final Map<String, List<Row>> stocks = RealInput.stocks();
  private final Map<String, List<Row>> quakes = RealInput.quakes();
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private final Observations observations = new Observations();

  @BeforeAll
  void start() {
    rows.putAll(stocks);
    rows.putAll(quakes);
    gateway = GatewayProcess.start("real-input");
    app = TestApp.create(gateway, "Real input");
    app.namespace("stocks", "{'pattern':'stocks:*','durability':'durable'}");
    app.namespace("quakes", "{'pattern':'quakes:*','window':{'messages':10000,'seconds':3600}}");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void everySubscriberGetsEveryRowInOrderAndHistoryIsTheFile() throws Exception {
    assertThat(stocks.values().stream().mapToInt(List::size).sum()).isEqualTo(560);
    assertThat(quakes.values().stream().mapToInt(List::size).sum()).isEqualTo(1707);

    try (Audience audience = Audience.of(app, rows, observations)) {
      replay();
      Awaitility.await("everyone has every row").atMost(PATIENCE).until(audience::hasEverything);
      assertThat(audience.cuts()).isEqualTo(125);
      audience.assertRows();
    }
    rows.forEach(this::assertHistory);
    assertThat(observations.faults()).isEmpty();
  }

  /** Prices one by one, quakes by the twenty; every channel in the order of its file. */
  private void replay() throws Exception {
    RestPublisher publisher = app.publisher();
    try (ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      stocks.forEach(
          (channel, of) ->
              done.add(
                  publishers.submit(
                      () -> of.forEach(row -> publisher.accepted(channel, row.message())))));
      done.add(
          publishers.submit(
              () -> quakes.forEach((channel, of) -> publishInTwenties(publisher, channel, of))));
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  private static void publishInTwenties(RestPublisher publisher, String channel, List<Row> rows) {
    for (int from = 0; from < rows.size(); from += 20) {
      List<String> unit =
          rows.subList(from, Math.min(rows.size(), from + 20)).stream().map(Row::message).toList();
      publisher.accepted(channel, "[" + String.join(",", unit) + "]");
    }
  }

  private void assertHistory(String channel, List<Row> expected) {
    List<JsonNode> file = expected.stream().map(row -> Json.read(row.data())).toList();
    List<Kept> forward = app.history(channel).forward(PAGE);
    List<Kept> backward = app.history(channel).backward(PAGE);

    assertThat(forward).as(channel).extracting(Kept::data).isEqualTo(file);
    assertThat(backward.reversed()).as(channel + " backward").isEqualTo(forward);
    observations.history(channel, forward);
  }
}
