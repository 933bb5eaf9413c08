package io.tidegate.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.Needed;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.TestCertificate;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything works through nginx as docs/proxies.md sets it up; spoofed headers do not. */
@WireTest
@SuppressWarnings("NullAway.Init")
final class NginxTest {
  /** Not the address that nginx itself connects from. */
  private static final String CLIENT = "127.0.0.9";

  private TestGateway gateway;
  private Nginx nginx;
  private Door door;

  @BeforeAll
  void start() {
    Needed.program("nginx");
    gateway = TestGateway.start("nginx", Map.of("TIDEGATE_TRUSTED_PROXIES", "127.0.0.1"));
    nginx = new Nginx(gateway.gateway().port(), "");
    door = new Door(nginx.port(), true);
  }

  @AfterAll
  void stop() {
    if (nginx != null) {
      nginx.close();
    }
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTransportDeliversAndResumes(Transport transport) {
    TestApp app = TestApp.create(door, "Nginx");
    try (Client client = transport.open(app, "a")) {
      app.publisher().numbers("a", 20);
      client.frames().awaitSeq("a", 20);
      client.cut();
      app.publisher().numbers("a", 20);
      client.reconnect();
      client.frames().awaitSeq("a", 40);

      assertThat(client.frames().numbers("a"))
          .isEqualTo(IntStream.range(0, 40).map(i -> i % 20 + 1).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
  void theClientsAddressArrivesAndNothingItInvents(String header) throws Exception {
    TestApp app = TestApp.create(door, "Address");
    String invented = header.equals("Forwarded") ? "for=192.0.2.1" : "192.0.2.1, 127.0.0.1";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(door.uri("/v1/sse?channel=a")).header(header, invented);
    Credential.key(app.key()).addTo(request);
    try (HttpClient http = client()) {
      HttpResponse<InputStream> stream = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = stream.body()) {
        assertThat(body.read()).isEqualTo('r');
        assertThat(ListedAddress.of(app, "sse")).isEqualTo(CLIENT);
        assertThat(stream.headers().firstValue("Strict-Transport-Security")).isPresent();
      }
    }
  }

  @Test
  void theAddressOfAWebSocketArrivesToo() {
    TestApp app = TestApp.create(door, "Socket");
    try (HttpClient http = client()) {
      WebSocket.Builder builder = http.newWebSocketBuilder().header("X-Forwarded-For", "192.0.2.1");
      Credential.key(app.key()).addTo(builder);
      WebSocket socket =
          builder.buildAsync(door.socket("/v1/ws"), new WebSocket.Listener() {}).join();

      assertThat(ListedAddress.of(app, "websocket")).isEqualTo(CLIENT);
      socket.abort();
    }
  }

  private static HttpClient client() throws IllegalStateException {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .localAddress(InetAddress.getByName(CLIENT))
          .sslContext(TestCertificate.trust())
          .build();
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
