package io.tidegate.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.Needed;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * nginx ends a line that is silent for 60 s; here for 45 s, so that heartbeats in time for the one
 * are in time for the other by far. They come each 25 s: a machine may stand still in between.
 */
@WireTest
final class IdleLinesStayOpenBehindNginxIT {
  private static final String IMPATIENT = "proxy_read_timeout 45s; proxy_send_timeout 45s;";

  @Test
  void heartbeatsComeBeforeNginxGivesUp() throws Exception {
    Needed.program("nginx");
    try (TestGateway gateway = TestGateway.start("nginx_idle", Map.of());
        Nginx nginx = new Nginx(gateway.gateway().port(), IMPATIENT)) {
      Door door = new Door(nginx.port(), true);
      TestApp app = TestApp.create(door, "Idle");
      Credential key = Credential.key(app.key());
      Pinged socket = new Pinged();
      WebSocket.Builder builder = Rest.http().newWebSocketBuilder();
      key.addTo(builder);
      WebSocket open = builder.buildAsync(door.socket("/v1/ws"), socket).join();
      CompletableFuture<HttpResponse<Stream<String>>> stream =
          Rest.http().sendAsync(get(door, key, "/v1/sse?channel=a"), BodyHandlers.ofLines());
      CompletableFuture<HttpResponse<String>> poll =
          Rest.http().sendAsync(get(door, key, "/v1/poll?channel=a"), BodyHandlers.ofString());
      // The first poll of a channel tells where it stands; what it has to wait for is the second.
      String since = Json.read(poll.join().body()).path("since").asText();
      poll =
          Rest.http()
              .sendAsync(
                  get(door, key, "/v1/poll?channel=a&since=" + Rest.encode(since)),
                  BodyHandlers.ofString());

      try (Stream<String> lines = stream.join().body()) {
        assertThat(lines.filter(line -> line.startsWith(":")).skip(1).findFirst())
            .contains(": ping");
      }
      JsonNode answer = Json.read(poll.join().body());
      assertThat(answer.path("events")).isEmpty();
      assertThat(poll.join().statusCode()).isEqualTo(200);
      assertThat(socket.pinged.get(60, TimeUnit.SECONDS)).isEqualTo("ping");
      open.abort();
    }
  }

  private static HttpRequest get(Door door, Credential key, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(door.uri(path));
    key.addTo(request);
    return request.build();
  }

  /** Tells what came first, a ping or the end. */
  private static final class Pinged implements WebSocket.Listener {
    private final CompletableFuture<String> pinged = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      pinged.complete("ping");
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      pinged.complete("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      pinged.complete("broken: " + error);
    }
  }
}
