package io.tidegate.e2e.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client by somebody who has read {@code openapi/protocol.md} and nothing else. */
final class Stranger implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI uri;
  private final Supplier<String> tokens;
  private final String channel;
  private final List<Integer> got = new ArrayList<>();
  private final List<String> holes = new ArrayList<>();
  private final Map<String, String> unacknowledged = new LinkedHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket line;
  private @Nullable String connectionKey;
  private @Nullable String epoch;
  private @Nullable String current;
  private long seq;
  private long afterMs = -1;
  private int attempt;
  private CompletableFuture<WebSocket> sent = new CompletableFuture<>();
  private boolean closed;

  Stranger(URI uri, Supplier<String> tokens, String channel) {
    this.uri = uri;
    this.tokens = tokens;
    this.channel = channel;
  }

  synchronized Stranger connect() {
    line = null;
    partial.setLength(0);
    HTTP.newWebSocketBuilder()
        .buildAsync(uri, this)
        .whenComplete((socket, failed) -> opened(socket));
    return this;
  }

  /** Sections 3, 4 and 6: show who it is, go on at the position, publish again what is open. */
  private synchronized void opened(@Nullable WebSocket socket) {
    line = socket;
    if (socket == null) {
      again();
      return;
    }
    String resume = connectionKey == null ? "" : ",\"resume\":" + Json.quote(connectionKey);
    String since =
        epoch == null ? "" : ",\"since\":{\"epoch\":\"%s\",\"seq\":%d}".formatted(epoch, seq);
    sent = CompletableFuture.completedFuture(socket);
    send(socket, "{\"type\":\"auth\",\"token\":" + Json.quote(tokens.get()) + resume + "}");
    send(
        socket,
        "{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":" + Json.quote(channel) + since + "}");
    unacknowledged.values().forEach(frame -> send(socket, frame));
  }

  /** One after the other, as this WebSocket wants it. What fails is sent again on the next one. */
  private void send(WebSocket socket, String frame) {
    sent = sent.thenCompose(before -> socket.sendText(frame, true));
  }

  /** Section 7: an id of its own, before the first attempt. */
  synchronized void publish(int number) {
    String id = UUID.randomUUID().toString();
    String frame =
        "{\"type\":\"publish\",\"id\":\"%s\",\"channel\":%s,\"messages\":[{\"id\":\"%s\",\"data\":%d}]}"
            .formatted(id, Json.quote(channel), id, number);
    unacknowledged.put(id, frame);
    if (line != null) {
      send(line, frame);
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket socket, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      frame(Json.read(partial.toString()));
      partial.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void frame(JsonNode frame) {
    switch (frame.path("type").asText()) {
      case "connected" -> {
        connectionKey = frame.path("connectionKey").asText();
        attempt = 0;
      }
      case "reply" -> unacknowledged.remove(frame.path("id").asText());
      case "subscribed" -> {
        if (current != null && !frame.path("resumed").asBoolean()) {
          holes.add(frame.toString());
        }
        current = frame.path("epoch").asText();
        stand(frame);
      }
      case "discontinuity" -> {
        holes.add(frame.toString());
        current = frame.path("epoch").asText();
        stand(frame);
      }
      case "message" -> {
        got.add(frame.path("data").asInt());
        stand(frame);
      }
      case "skipped" -> stand(frame);
      case "error" -> afterMs = frame.path("retryAfterMs").asLong(-1);
      case "reconnect" -> afterMs = frame.path("afterMs").asLong();
      default -> {} // ignored, as the page says
    }
  }

  private void stand(JsonNode frame) {
    seq = frame.path("seq").asLong();
    epoch = frame.path("epoch").asText(current);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String why) {
    if (code / 100 != 40) {
      attempt = code / 100 == 42 ? -1 : attempt;
      again();
    }
    return null;
  }

  @Override
  public synchronized void onError(WebSocket socket, Throwable broken) {
    again();
  }

  /** Section 10. */
  private void again() {
    long most = attempt < 0 ? 1 : Math.min(30_000, 500L << Math.min(attempt, 6));
    long wait = afterMs >= 0 ? afterMs : ThreadLocalRandom.current().nextLong(most);
    attempt++;
    afterMs = -1;
    line = null;
    if (!closed) {
      CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(this::connect);
    }
  }

  synchronized List<Integer> got() {
    return List.copyOf(got);
  }

  synchronized List<String> holes() {
    return List.copyOf(holes);
  }

  synchronized boolean isAcknowledged() {
    return unacknowledged.isEmpty();
  }

  synchronized boolean isSubscribed() {
    return epoch != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (line != null) {
      line.abort();
    }
  }
}
