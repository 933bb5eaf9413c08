package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ulimit -n 512}: connections run out before descriptors do. */
@ProcessTest
final class FewDescriptorsIT {
  private static final int DESCRIPTORS = 512;

  /** More than there are descriptors. */
  private static final int CONNECTIONS = 600;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WARNING = "as many as there are file descriptors for";

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.startWithDescriptors("few-descriptors", DESCRIPTORS);
    app = TestApp.create(gateway, "Few");
    app.namespace("kept", "{'pattern':'kept:*','durability':'durable'}");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void thoseWhoAreInAreServedAndOthersWhenThereIsRoomAgain() {
    assertThat(figure("tidegate_lines_limit")).isBetween(16.0, DESCRIPTORS - 150.0);
    List<RawLine> flood = new ArrayList<>();
    try (WebSocketClient client = WebSocketClient.open(gateway, Credential.key(app.key()))) {
      client.subscribe("kept:1");
      client.frames().await("subscribed");
      Awaitility.await("as many connections as it can have")
          .atMost(PATIENCE)
          .until(
              () -> {
                for (int i = flood.size(); i < CONNECTIONS; i++) {
                  flood.add(RawLine.open(gateway));
                }
                if (figure("tidegate_lines_shut_total") == 0) {
                  flood.forEach(RawLine::close);
                  flood.clear();
                  return false;
                }
                return true;
              });

      // What it needs descriptors for works: the database, files, metrics.
      for (int i = 1; i <= 50; i++) {
        client.publish("kept:1", "{\"data\":" + i + "}");
      }
      client.frames().awaitSeq("kept:1", 50);
      assertThat(client.frames().ofType("error")).isEmpty();
      assertThat(figure("tidegate_lines")).isLessThanOrEqualTo(figure("tidegate_lines_limit"));
      assertThat(gateway.output()).contains(WARNING);
      assertThat(gateway.output().split(WARNING, -1)).hasSizeLessThan(10);
      assertThat(gateway.output()).doesNotContain("Too many open files");
      assertThat(client.isOpen()).isTrue();
    } finally {
      flood.forEach(RawLine::close);
    }

    Awaitility.await("room again")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> app.rest().trySend("GET", "/v1/channels", null).status() == 200);
    try (WebSocketClient late = WebSocketClient.open(gateway, Credential.key(app.key()))) {
      late.frames().await("connected");
    }
    assertThat(app.history("kept:1").forward(100)).hasSize(50);
    assertThat(gateway.isAlive()).isTrue();
  }

  /** What the management port says of it, which is open whatever the public one is. */
  private double figure(String name) {
    HttpRequest request = HttpRequest.newBuilder(gateway.management("/metrics")).build();
    try {
      String page = Rest.http().send(request, BodyHandlers.ofString()).body();
      Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(page);
      assertThat(line.find()).as(name).isTrue();
      return Double.parseDouble(line.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
