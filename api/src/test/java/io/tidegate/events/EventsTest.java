package io.tidegate.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@WireTest
final class EventsTest {
  private final Target target = SharedGateway.target();
  private final TestApp app = TestApp.create(target, "Watched");
  private final TestApp other = TestApp.create(target, "Another");

  private String token(TestApp of, String role) {
    return of.control().controlToken(of.tenantId(), role);
  }

  @Test
  void eachHearsOfItsTenantAndNoMoreThanItsRoleMayRead() {
    try (Listener operator = new Listener(target, target.operatorToken());
        Listener developer = new Listener(target, token(app, "developer"));
        Listener viewer = new Listener(target, token(app, "viewer"));
        Listener stranger = new Listener(target, token(other, "owner"))) {
      operator.await("ready");
      assertThat(developer.await("ready").path("tenantId").asText()).isEqualTo(app.tenantId());
      viewer.await("ready");
      stranger.await("ready");

      app.namespace("loud", "{'pattern':'loud'}");
      other.namespace("quiet", "{'pattern':'quiet'}");

      developer.await("audit", one -> one.toString().contains("loud"));
      operator.await("audit", one -> one.toString().contains(other.tenantId()));
      stranger.await("audit", one -> one.toString().contains("quiet"));
      assertThat(stranger.frames()).noneMatch(one -> one.toString().contains(app.tenantId()));
      assertThat(developer.frames()).noneMatch(one -> one.toString().contains(other.tenantId()));
      assertThat(viewer.frames()).hasSize(1);
    }
  }

  /** Each is opened when it is to show something: it has five seconds. */
  @Test
  void firstFrameMayShowTheTokenInstead() throws Exception {
    String owner = token(app, "owner");
    try (Listener late = new Listener(target, null)) {
      late.auth(owner);
      assertThat(late.await("ready").path("role").asText()).isEqualTo("owner");
      late.send("{\"type\":\"subscribe\"}", true);
      assertThat(late.await("error").path("code").asInt()).isEqualTo(40053);
    }
    try (Listener wrong = new Listener(target, null)) {
      wrong.auth("tgc_wrong");
      assertThat(wrong.closeCode()).isEqualTo(4002);
      assertThat(wrong.await("error").path("code").asInt()).isEqualTo(40101);
    }
    try (Listener garbled = new Listener(target, null)) {
      garbled.send("{\"type\":\"subscribe\"}", true);
      assertThat(garbled.closeCode()).isEqualTo(4002);
    }
  }

  @Test
  void whoShowsNothingIsClosedIn5Seconds() throws Exception {
    try (Listener silent = new Listener(target, null)) {
      assertThat(silent.closeCode()).isEqualTo(4103);
    }
  }

  @Test
  void deletedTokenIsClosedAndAnAppsKeyNeverOpens() throws Exception {
    String created =
        app.control()
            .rest()
            .post(
                "/v1/tenants/" + app.tenantId() + "/control-tokens",
                "{\"name\":\"x\",\"role\":\"viewer\"}")
            .expect(201)
            .body();
    String id = io.tidegate.e2e.rest.Json.read(created).path("id").asText();
    String text = io.tidegate.e2e.rest.Json.read(created).path("token").asText();
    try (Listener ended = new Listener(target, text);
        Listener key = new Listener(target, Credential.key(app.key()).authorization())) {
      ended.await("ready");
      assertThat(key.closeCode()).isEqualTo(4002);
      app.control()
          .rest()
          .delete("/v1/tenants/" + app.tenantId() + "/control-tokens/" + id)
          .expect(204);
      assertThat(ended.closeCode()).isEqualTo(4002);
    }
    assertThatThrownBy(() -> new Listener(target, "tgc_wrong"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void plainRequestIsToldToUpgrade() {
    assertThat(app.control().rest().get("/v1/events").expect(426).code()).isEqualTo(42600);
  }

  @Test
  void fragmentsAreNotPutTogether() throws Exception {
    try (Listener endless = new Listener(target, null)) {
      endless.send("{", false);
      assertThat(endless.closeCode()).isEqualTo(1009);
    }
  }

  /** The framework would inflate without a bound. */
  @Test
  void compressionIsNotNegotiated() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", target.port())) {
      String handshake =
          "GET /v1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
      socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString()).startsWith("HTTP/1.1 101");
      assertThat(head.toString().toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("sec-websocket-extensions");
    }
  }

  @Test
  void drainingNodeSaysSoAndSendsListenersElsewhere() throws Exception {
    TestGateway gateway = TestGateway.start("events_drain");
    Target own = Door.of(gateway);
    try (Listener operator = new Listener(own, TestContext.OPERATOR_TOKEN)) {
      operator.await("ready");
      gateway.close();
      assertThat(operator.await("node").path("state").asText()).isEqualTo("draining");
      assertThat(operator.closeCode()).isEqualTo(4200);
    }
  }

  /** Their ends are on their way to the gateway while it drains. */
  @Test
  void listenersThatLeaveJustThenDoNotStopADrain() {
    TestGateway gateway = TestGateway.start("events_left");
    Target own = Door.of(gateway);
    TestApp apps = TestApp.create(own, "Drained");
    try (WebSocketClient client = WebSocketClient.open(own, Credential.key(apps.key()))) {
      client.frames().await("connected");
      List<Listener> leaving =
          Stream.generate(() -> new Listener(own, TestContext.OPERATOR_TOKEN)).limit(50).toList();
      leaving.forEach(listener -> listener.await("ready"));
      leaving.forEach(Listener::close);
      gateway.close();

      client.frames().await("reconnect");
      assertThat(client.closeCode()).isEqualTo(4200);
    }
  }
}
