package io.tidegate.e2e.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.TestGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials that fail make their address wait, over every way in; nobody else. */
@WireTest
final class GuessingIsSlowedTest {
  private static final int ALLOWED = 3;

  private final TestGateway gateway =
      TestGateway.start(
          "guessing",
          Map.of(
              "TIDEGATE_FAILED_AUTH_PER_MINUTE", "3", "TIDEGATE_REQUESTS_PER_SECOND_PER_IP", "20"));
  private final Target target = Door.of(gateway);
  private final TestApp app = TestApp.create(target, "Guessed");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.11, key, /v1/connections",
    "127.0.0.12, token, /v1/channels/room/messages",
    "127.0.0.13, operator, /v1/tenants",
    "127.0.0.14, control, /v1/me",
    "127.0.0.15, key, /v1/sse?channel=room",
    "127.0.0.16, token, /v1/poll?channel=room",
    "127.0.0.17, ticket, /v1/sse?channel=room",
    "127.0.0.18, key, /v1/ws"
  })
  void eachWayInIsGuarded(String address, String kind, String path) {
    // The first delay is a second.
    Brisk.within(
        Duration.ofSeconds(1),
        play -> isGuarded(address.replace("127.0.0.", "127.0." + play + "."), kind, path));
  }

  private void isGuarded(String address, String kind, String path) {
    Credential wrong = wrong(kind);
    for (int i = 0; i < ALLOWED; i++) {
      assertThat(ask(address, wrong, path).status()).isEqualTo(401);
    }
    Answer refused = ask(address, wrong, path);
    Answer good = ask(address, Credential.key(app.key()), "/v1/connections");
    Answer elsewhere = ask("127.0.0.100", Credential.key(app.key()), "/v1/connections");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo(42905);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.json().path("retryAfterMs").asLong()).isBetween(1L, 2_001L);
    assertThat(good.code()).isEqualTo(42905);
    assertThat(elsewhere.status()).isEqualTo(200);
  }

  @Test
  void firstFramesAreGuardedAndWhoIsConnectedStaysSo() {
    String token = app.token("ada", "{'room':['subscribe']}");
    String fresh = app.token("ada", "{'room':['subscribe']}");
    try (WebSocketClient connected = WebSocketClient.open(target, Credential.NONE)) {
      connected.auth(token);
      connected.frames().await("connected");
      for (int i = 0; i < ALLOWED; i++) {
        assertThat(closeOfAGuess()).isIn(4002, 4008);
      }
      // Each one that came only when its delay was over has doubled the next.
      await().atMost(Duration.ofMinutes(1)).until(() -> closeOfAGuess() == 4110);
      String id = connected.auth(fresh);
      connected.frames().await("reply", frame -> frame.path("id").asText().equals(id));
      assertThat(connected.isOpen()).isTrue();
    }
  }

  private int closeOfAGuess() {
    try (WebSocketClient guess = WebSocketClient.open(target, Credential.NONE)) {
      guess.auth("not a token");
      int code = guess.closeCode();
      if (code == 4110) {
        assertThat(guess.frames().await("error").path("retryAfterMs").asLong()).isPositive();
      }
      return code;
    }
  }

  @Test
  void addressHasARateBeforeAnyoneIsAsked() throws Exception {
    Answer answer;
    int asked = 0;
    // Over one line: with a client for each, a slow machine would never ask often enough.
    try (HttpClient client = from("127.0.0.50")) {
      do {
        answer = get(client, Credential.NONE, "/v1/connections");
        asked++;
      } while (answer.status() == 401 && asked < 2_000);
    }

    assertThat(asked).isGreaterThan(20);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo(42900);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void refusalsAreCountedByLimit() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ask("127.0.0.60", wrong("key"), "/v1/connections").status() == 429);
    URI metrics = URI.create("http://127.0.0.1:" + gateway.gateway().managementPort() + "/metrics");
    String text = gateway.send(HttpRequest.newBuilder(metrics).build()).body();

    assertThat(text)
        .contains("tidegate_limit_refusals_total{limit=\"publishesPerSecond\"} 0.0")
        .containsPattern("tidegate_limit_refusals_total\\{limit=\"failedAuthentications\"} [1-9]");
  }

  private Credential wrong(String kind) {
    return switch (kind) {
      case "key" -> Credential.key(app.keyName() + ":wrong");
      case "token" -> Credential.bearer("a.b.c");
      case "operator" -> Credential.bearer("tgo_wrong");
      case "control" -> Credential.bearer("tgc_wrong");
      case "ticket" -> Credential.ticket("a.b.c");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** One request from that address of the loopback network. */
  private Answer ask(String address, Credential credential, String path) {
    try (HttpClient client = from(address)) {
      return path.equals("/v1/ws")
          ? handshake(client, credential, path)
          : get(client, credential, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient from(String address) throws IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.getByName(address))
        .build();
  }

  private Answer get(HttpClient client, Credential credential, String path)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(target.uri(credential.in(path)));
    credential.addTo(request);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    Judge.exchange(response, null);
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private Answer handshake(HttpClient client, Credential credential, String path) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    credential.addTo(builder);
    try {
      builder.buildAsync(target.socket(path), new WebSocket.Listener() {}).join().abort();
      throw new AssertionError("it was let in");
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WebSocketHandshakeException refused)) {
        throw e;
      }
      HttpResponse<?> response = refused.getResponse();
      return new Answer(response.statusCode(), response.headers(), String.valueOf(response.body()));
    }
  }
}
