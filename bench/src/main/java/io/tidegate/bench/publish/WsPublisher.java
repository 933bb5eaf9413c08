package io.tidegate.bench.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.WsClient;
import io.tidegate.bench.net.WsListener;
import io.tidegate.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Publishes over one WebSocket connection; the frame id is the message's number. */
public final class WsPublisher implements Publisher, WsListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Ledger ledger;
  private final Stamp stamp;
  private final byte[] head = "{\"type\":\"publish\",\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private final byte[] middle;
  private final byte[] tail = "}]}".getBytes(StandardCharsets.US_ASCII);
  private final WsClient client;
  private int unanswered;
  private boolean up;

  /** Connects; {@link #opened()} completes when it may publish. */
  public WsPublisher(Address address, Loops.Loop loop, String channel, Ledger ledger, Stamp stamp) {
    this.ledger = ledger;
    this.stamp = stamp;
    middle =
        ("\",\"channel\":\"" + channel + "\",\"messages\":[{\"data\":")
            .getBytes(StandardCharsets.UTF_8);
    client = WsClient.connect(address, loop, this);
  }

  /** Completes when connected, fails when refused. */
  public CompletableFuture<Void> opened() {
    return ready;
  }

  @Override
  public Loops.Loop loop() {
    return client.loop();
  }

  @Override
  public boolean ready() {
    return up;
  }

  @Override
  public void publish(long number, long sent) {
    ByteBuf payload = PooledByteBufAllocator.DEFAULT.buffer(256).writeBytes(head);
    payload.writeCharSequence(Long.toString(number), StandardCharsets.US_ASCII);
    payload.writeBytes(middle);
    stamp.write(payload, sent, number);
    client.write(payload.writeBytes(tail));
    unanswered++;
  }

  @Override
  public void flush() {
    client.flush();
  }

  @Override
  public int unanswered() {
    return unanswered;
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
        case "connected" -> {
          up = true;
          ready.complete(null);
        }
        case "reply" -> {
          unanswered--;
          ledger.accepted(frame.path("id").asLong(), 1);
        }
        case "error" -> refused(frame);
        default -> {}
      }
    } catch (JsonProcessingException e) {
      closed(from, "not JSON: " + text);
    }
  }

  private void refused(JsonNode frame) {
    client.loop().meter().failure("error " + frame.path("code").asInt());
    if (frame.has("id")) {
      unanswered--;
      ledger.refused(1);
    }
  }

  @Override
  public void closed(WsClient from, String reason) {
    up = false;
    ledger.unknown(unanswered);
    unanswered = 0;
    client.loop().meter().failure(reason);
    ready.completeExceptionally(new IllegalStateException("publisher: " + reason));
  }
}
