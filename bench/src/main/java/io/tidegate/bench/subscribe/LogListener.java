package io.tidegate.bench.subscribe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.WsClient;
import io.tidegate.bench.net.WsListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * One connection that listens to its app's {@code [meta]log} and counts what it is told, and what
 * it is told was skipped. State is its loop's; read elsewhere after {@link Loops#fence}.
 */
public final class LogListener implements WsListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"id\":\"1\",\"channel\":\"[meta]log\"}";

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final WsClient client;
  private long told;
  private long skipped;

  /** Connects and subscribes; {@link #opened()} completes when it listens. */
  public LogListener(Address address, Loops.Loop loop) {
    client = WsClient.connect(address, loop, this);
  }

  /** Completes when it listens, fails when it may not. */
  public CompletableFuture<Void> opened() {
    return ready;
  }

  /** Events told. */
  public long told() {
    return told;
  }

  /** Events that those told said were skipped before them. */
  public long skipped() {
    return skipped;
  }

  /** Ends the connection. */
  public void close() {
    client.loop().executor().execute(client::close);
  }

  @Override
  public void opened(WsClient opened) {}

  @Override
  public void readComplete(WsClient read) {}

  @Override
  public void text(WsClient from, ByteBuf bytes, int index, int length) {
    String text = bytes.toString(index, length, StandardCharsets.UTF_8);
    try {
      JsonNode frame = JSON.readTree(text);
      switch (frame.path("type").asText()) {
        case "connected" -> client.send(SUBSCRIBE);
        case "subscribed" -> ready.complete(null);
        case "message" -> {
          told++;
          skipped += frame.path("data").path("skipped").asLong();
        }
        case "error", "unsubscribed", "discontinuity" -> closed(from, text);
        default -> {}
      }
    } catch (JsonProcessingException e) {
      closed(from, "not JSON: " + text);
    }
  }

  @Override
  public void closed(WsClient from, String reason) {
    ready.completeExceptionally(new IllegalStateException("listener of the log: " + reason));
  }
}
