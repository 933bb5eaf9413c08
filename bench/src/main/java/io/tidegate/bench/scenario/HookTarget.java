package io.tidegate.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.HdrHistogram.Histogram;

/**
 * Where a webhook calls: checks the signature, that a channel's events come in their order, and
 * notes how long each one was on its way. Messages are {@link Hooked}.
 */
final class HookTarget implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAKEN = 204;
  private static final int FORGED = 401;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Verdict verdict;
  private volatile SecretKeySpec key = new SecretKeySpec(new byte[1], ALGORITHM);

  // What follows is guarded by this.
  private final Map<String, Long> last = new HashMap<>();
  private Histogram latency = new Histogram(3);
  private long events;
  private long repeated;
  private long calls;

  /** What came since it was last asked. */
  record Came(long calls, Histogram latency) {
    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /**
   * @param verdict hears of what is forged or out of order
   */
  HookTarget(Verdict verdict) throws IOException {
    this.verdict = verdict;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  void know(String secret) {
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String signature = exchange.getRequestHeaders().getFirst("Tidegate-Signature");
    boolean genuine = isGenuine(signature, body);
    if (genuine) {
      take(JSON.readTree(body), System.nanoTime());
    } else {
      synchronized (this) {
        verdict.fault("a call that is not signed with the secret");
      }
    }
    exchange.sendResponseHeaders(genuine ? TAKEN : FORGED, -1);
    exchange.close();
  }

  private boolean isGenuine(String header, byte[] body) {
    try {
      String time = header.substring(2, header.indexOf(','));
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      String expected = "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.US_ASCII),
          header.substring(header.indexOf(',') + 1).getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void take(JsonNode call, long now) {
    calls++;
    for (JsonNode event : call.isArray() ? call : List.of(call)) {
      String channel = event.path("data").path("channel").asText();
      JsonNode data = event.path("data").path("message").path("data");
      long number = data.path("n").asLong();
      long before = last.getOrDefault(channel, 0L);
      if (number <= before) {
        repeated++;
        continue;
      }
      if (number != before + 1) {
        verdict.fault(channel + ": " + number + " came behind " + before);
      }
      last.put(channel, number);
      events++;
      latency.recordValue(Math.max(0, now - data.path("sent").asLong()));
    }
  }

  /** How many have come, repeated ones not counted. */
  synchronized long events() {
    return events;
  }

  /** How many have come again. */
  synchronized long repeated() {
    return repeated;
  }

  synchronized Came came() {
    Came came = new Came(calls, latency);
    latency = new Histogram(3);
    calls = 0;
    return came;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
