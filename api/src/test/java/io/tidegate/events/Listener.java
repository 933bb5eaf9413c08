package io.tidegate.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client of {@code /v1/events}; every frame it gets is judged. */
final class Listener implements WebSocket.Listener, AutoCloseable {
  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  /**
   * @param token for the handshake; null to send a frame instead
   */
  Listener(Target target, @Nullable String token) {
    WebSocket.Builder builder = Rest.http().newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", token.startsWith("tg") ? "Bearer " + token : token);
    }
    socket = builder.buildAsync(target.socket("/v1/events"), this).join();
  }

  /** As a browser opens it that has a session, from a page of this origin. */
  static Listener ofPage(Target target, String cookie, String origin) {
    return new Listener(
        Rest.http()
            .newWebSocketBuilder()
            .header("Cookie", cookie)
            .header("Origin", origin)
            .header("Sec-Fetch-Site", origin.contains("127.0.0.1") ? "same-origin" : "cross-site"),
        target);
  }

  private Listener(WebSocket.Builder builder, Target target) {
    socket = builder.buildAsync(target.socket("/v1/events"), this).join();
  }

  void send(String frame, boolean last) {
    socket.sendText(frame, last).join();
  }

  void auth(String token) {
    send("{\"type\":\"auth\",\"token\":" + Json.quote(token) + "}", true);
  }

  JsonNode await(String type, Predicate<JsonNode> fits) {
    Awaitility.await("a frame " + type).until(() -> find(type, fits).isPresent());
    return find(type, fits).orElseThrow();
  }

  JsonNode await(String type) {
    return await(type, frame -> true);
  }

  private Optional<JsonNode> find(String type, Predicate<JsonNode> fits) {
    return frames.stream()
        .filter(frame -> frame.path("type").asText().equals(type) && fits.test(frame))
        .findFirst();
  }

  List<JsonNode> frames() {
    return frames;
  }

  boolean isClosed() {
    return closed.isDone();
  }

  int closeCode() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      Judge.listenerFrame(partial.toString());
      frames.add(Json.read(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    Judge.closeCode(code);
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
