package io.tidegate.e2e.hostile;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lines that end in the middle of anything, by a reset: the gauges go back to where they were. */
@WireTest
final class BrokenLinesLeaveNothingBehindTest {
  private static final int LINES = 80;

  /** What pools may keep for the next storm. */
  private static final long SLACK_BYTES = 4 << 20;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Broken lines");
  private final MeterRegistry meters = SharedGateway.bean(MeterRegistry.class);

  @Test
  void gaugesReturnToTheirStart() {
    app.namespace("kept", "{'pattern':'kept','durability':'durable'}");
    double connections = gauge("tidegate.connections");
    double channels = gauge("tidegate.channels");
    storm();
    assertSettled(connections, channels);
    long direct = allocatedBytes();
    storm();
    storm();
    assertSettled(connections, channels);

    assertThat(allocatedBytes()).isLessThan(direct + SLACK_BYTES);
    assertThat(app.history("kept").forward(1_000)).hasSize(3 * LINES);
  }

  /** Subscribed lines, a frame half sent, a fragment, a head and a body, all reset at once. */
  private void storm() {
    byte[] half = Arrays.copyOf(RawSocket.frame(0x81, 60_000, new byte[60_000]), 30_000);
    byte[] fragment = RawSocket.frame(false, RawSocket.TEXT, new byte[30_000]);
    for (int i = 0; i < LINES; i++) {
      RawSocket socket = RawSocket.withKey(app.target(), app.key());
      socket.send(
          RawSocket.text(json("{'type':'subscribe','channel':'storm-%d'}", i)),
          RawSocket.text(
              json("{'type':'publish','id':'p','channel':'kept','messages':[{'data':1}]}")));
      socket.await("reply");
      RawLine rest = RawLine.open(app.target());
      switch (i % 5) {
        case 0 -> socket.send(half);
        case 1 -> socket.send(fragment);
        case 2 -> rest.send("POST /v1/channels/x/messages HTTP/1.1\r\nHost: a\r\nX-A: ");
        case 3 -> rest.send(post("Content-Length: 60000\r\n\r\n" + "x".repeat(30_000)));
        default -> rest.send(post("Transfer-Encoding: chunked\r\n\r\n100\r\nx"));
      }
      rest.reset();
      socket.line().reset();
    }
  }

  private String post(String rest) {
    return "POST /v1/channels/x/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + RawSocket.basic(app.key())
        + rest;
  }

  private void assertSettled(double connections, double channels) {
    Awaitility.await("gauges settle")
        .untilAsserted(
            () -> {
              assertThat(gauge("tidegate.connections")).isLessThanOrEqualTo(connections);
              assertThat(gauge("tidegate.channels")).isLessThanOrEqualTo(channels);
            });
  }

  private double gauge(String name) {
    return meters.find(name).gauges().stream().mapToDouble(Gauge::value).sum();
  }

  private static long allocatedBytes() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
        ? provider.metric().usedDirectMemory() + provider.metric().usedHeapMemory()
        : 0;
  }
}
