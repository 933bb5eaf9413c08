package io.tidegate.e2e.browser;

import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Chromium's own EventSource and WebSocket, on a page of another origin: they go on through a
 * restart of the gateway without gap or duplicate.
 */
@ProcessTest
final class BrowserSurvivesRestartIT {
  private static final String CHANNEL = "news:today";

  /** Of somebody who may: others are answered at the head. */
  private static final String UNFINISHED =
      "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Authorization: Basic %s\r\nContent-Length: 100\r\n\r\n{";

  private static final String CLIENT = "{'news:*':['subscribe']}";

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  private final OtherOrigin site = OtherOrigin.serving("/e2e/listener.html");
  private final OtherOrigin stranger = OtherOrigin.serving("/e2e/listener.html");

  @BeforeAll
  void start() {
    browser = Browser.start();
    gateway = GatewayProcess.start("browser");
    app = TestApp.create(gateway, "News");
    app.namespace("news", "{'pattern':'news:*','durability':'durable'}");
    app.control().allowOrigins(app.id(), site.origin());
  }

  @AfterAll
  void stop() {
    site.close();
    stranger.close();
    if (gateway != null) {
      gateway.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void eventSourceAndWebSocketGoOnWithoutGapOrDuplicate() {
    Tab tab = browser.open(site.page(), 800, 600);
    listen(tab);
    tab.awaitTrue("seen.ws.length > 1 && seen.sse.length > 1", "both are subscribed");
    app.publisher().numbers(CHANNEL, 50);
    awaitMessages(tab, 50);

    gateway.terminate();
    gateway.restart();
    app.publisher().numbers(CHANNEL, 50);
    awaitMessages(tab, 100);

    gateway.kill9();
    gateway.restart();
    app.publisher().numbers(CHANNEL, 50);
    awaitMessages(tab, 150);

    assertThat(tab.evaluate("stream.readyState").asInt()).as("OPEN").isEqualTo(1);
    assertThat(tab.evaluate("state.streams").asInt()).isEqualTo(1);
    assertThat(tab.evaluate("state.sockets").asInt()).isGreaterThanOrEqualTo(3);
    assertRun(tab);
  }

  /**
   * A request that never ends holds the drain for its longest: the browser comes back meanwhile and
   * meets a node that lets nobody in. It takes any status but 200 for the end of its stream.
   */
  @Test
  void eventSourceThatMeetsADrainingNodeComesAgain() throws Exception {
    Tab tab = browser.open(site.page(), 800, 600);
    listenByEventSource(tab, "news:drain");
    tab.awaitTrue("seen.sse.length > 1", "it is subscribed");
    app.publisher().numbers("news:drain", 5);
    tab.awaitTrue("messages('sse') === 5", "5 messages");
    try (Socket unfinished = new Socket("127.0.0.1", gateway.port())) {
      String key =
          Base64.getEncoder().encodeToString(app.key().getBytes(StandardCharsets.US_ASCII));
      unfinished
          .getOutputStream()
          .write(UNFINISHED.formatted(key).getBytes(StandardCharsets.US_ASCII));
      app.publisher().numbers("news:other", 1); // it has been let in by now
      CompletableFuture<Integer> end = CompletableFuture.supplyAsync(gateway::terminate);
      tab.awaitTrue("state.opened >= 2 && state.broken >= 2", "it came back and was put off");
      end.join();
    }
    assertThat(tab.evaluate("stream.readyState").asInt()).as("CONNECTING").isZero();
    gateway.restart();
    app.publisher().numbers("news:drain", 5);
    tab.awaitTrue("messages('sse') === 10", "the stream goes on");
    assertThat(tab.evaluate("state.streams").asInt()).isEqualTo(1);
  }

  @Test
  void pageOfAnOriginThatIsNotAllowedGetsNothing() {
    Tab tab = browser.open(stranger.page(), 800, 600);
    listen(tab);

    tab.awaitTrue("stream.readyState === 2", "the stream is refused for good");
    tab.awaitTrue("state.refused === 1", "the socket is closed with 4009");
    assertThat(tab.evaluate("messages('ws') + messages('sse')").asInt()).isZero();
  }

  private void listenByEventSource(Tab tab, String channel) {
    String ticket = app.ticket(app.token("ada", CLIENT), channel);
    tab.evaluate(
        "listenByEventSource(%s, %s, %s)"
            .formatted(quote(gateway.uri("").toString()), quote(channel), quote(ticket)));
  }

  private void listen(Tab tab) {
    String at = quote(gateway.uri("").toString());
    String channel = quote(CHANNEL);
    String token = app.token("ada", CLIENT);
    tab.evaluate(
        "listenByWebSocket(%s, %s, %s); listenByEventSource(%s, %s, %s)"
            .formatted(at, channel, quote(token), at, channel, quote(app.ticket(token, CHANNEL))));
  }

  private static void awaitMessages(Tab tab, int count) {
    try {
      tab.awaitTrue(
          "messages('ws') >= %d && messages('sse') >= %d".formatted(count, count),
          count + " messages over both");
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(tab.evaluate("describe()").asText(), e);
    }
  }

  /** Everything the page got, judged and checked like any other subscriber's frames. */
  private void assertRun(Tab tab) {
    Observations observations = new Observations();
    for (String transport : new String[] {"ws", "sse"}) {
      Watch watch = observations.watch(transport);
      for (JsonNode text : tab.evaluate("seen." + transport)) {
        JsonNode frame = Json.read(text.asText());
        judge(transport, frame, text.asText());
        watch.accept(frame);
      }
      assertThat(watch.jumps()).isEmpty();
      assertThat(watch.messages(CHANNEL))
          .extracting(message -> message.path("data").asInt())
          .containsExactlyElementsOf(IntStream.range(0, 150).mapToObj(i -> i % 50 + 1).toList());
    }
    observations.history(CHANNEL, app.history(CHANNEL).forward(1_000));
    assertThat(observations.faults()).isEmpty();
  }

  private static void judge(String transport, JsonNode frame, String text) {
    if (transport.equals("ws")) {
      Judge.serverFrame(text);
    } else {
      Judge.event(Frames.type(frame), text);
    }
  }
}
