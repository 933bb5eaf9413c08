package io.tidegate.otlp;

import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client whose handshake names a trace, with the app's key. */
final class TracedSocket implements AutoCloseable, WebSocket.Listener {
  private final StringBuffer heard = new StringBuffer();
  private final WebSocket socket;

  private TracedSocket(TracedGateway gateway, String traceparent) {
    WebSocket.Builder builder =
        Rest.http().newWebSocketBuilder().header("traceparent", traceparent);
    Credential.key(gateway.app().key()).addTo(builder);
    socket = builder.buildAsync(gateway.target().socket("/v1/ws"), this).join();
  }

  static TracedSocket open(TracedGateway gateway, String traceparent) {
    return new TracedSocket(gateway, traceparent);
  }

  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** Until a frame holds the text. */
  void await(String text) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> heard.indexOf(text) >= 0);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    heard.append(data);
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
