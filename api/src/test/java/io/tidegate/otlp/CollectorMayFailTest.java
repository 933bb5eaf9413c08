package io.tidegate.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.logging.Captured;
import io.tidegate.trace.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of the gateway, and of its spans, with a collector that is slow, gone or new. */
final class CollectorMayFailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void drainHandsOverWhatIsLeft() {
    Caller caller = Caller.make();
    try (Collector collector = Collector.start()) {
      try (TracedGateway gateway = TracedGateway.start("traces_drain", collector.endpoint())) {
        publish(gateway, caller);
      }
      assertThat(collector.ofTrace(caller.traceId())).hasSize(2);
    }
  }

  @Test
  void gatewayServesOnWithoutItsCollectorAndSaysSoWithoutTheCredential() {
    String secret = "Zx9CanaryHeader";
    try (Captured captured = Captured.begin();
        Collector collector = Collector.start();
        TracedGateway gateway =
            TracedGateway.start(
                "traces_away",
                Map.of(
                    "TIDEGATE_OTLP_ENDPOINT",
                    collector.endpoint(),
                    "TIDEGATE_OTLP_HEADERS",
                    "Authorization=Bearer%20" + secret))) {
      Traces traces = gateway.gateway().bean(Traces.class);
      collector.answer(400);
      publish(gateway, Caller.make());
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> captured.plainLines().stream().anyMatch(line -> line.contains("Traces: ")));
      publish(gateway, Caller.make());
      assertThat(traces.exported()).isZero();

      collector.answer(200);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                publish(gateway, Caller.make());
                return traces.exported() > 0;
              });
      assertThat(traces.spans()).isGreaterThan(traces.exported());
      assertThat(collector.authorizations()).containsOnly("Bearer " + secret);
      assertThat(captured.plainLines()).noneMatch(line -> line.contains(secret));
      assertThat(collector.bytes()).doesNotContain(secret);
    }
  }

  /** It takes connections and never answers one. */
  @Test
  void collectorThatStandsStillHoldsNobodyUp() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TracedGateway gateway =
            TracedGateway.start("traces_mute", "http://127.0.0.1:" + mute.getLocalPort())) {
      for (int i = 0; i < 20; i++) {
        publish(gateway, Caller.make());
      }
      assertThat(gateway.gateway().bean(Traces.class).exported()).isZero();
    }
  }

  private static void publish(TracedGateway gateway, Caller caller) {
    assertThat(
            gateway.publish("kept", "{\"data\":1}", "traceparent", caller.sampled()).statusCode())
        .isEqualTo(201);
  }
}
