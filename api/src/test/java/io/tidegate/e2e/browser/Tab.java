package io.tidegate.e2e.browser;

import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One page of the browser, driven over the Chrome DevTools Protocol. */
final class Tab implements WebSocket.Listener {
  private static final long COMMAND_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOADED =
      "document.readyState === 'complete' && location.href !== 'about:blank'";

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger commands = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

  private Tab() {}

  static Tab open(HttpClient http, URI debugger, URI page, int width, int height) {
    Tab tab = new Tab();
    http.newWebSocketBuilder().buildAsync(debugger, tab).thenAccept(tab.socket::complete).join();
    tab.command(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
            .formatted(width, height));
    tab.command("Page.enable", "{}");
    tab.command("Page.navigate", "{\"url\":" + quote(page.toString()) + "}");
    // What is asked of the page that is left may be answered with its end.
    Awaitility.await("the page")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> tab.evaluate(LOADED).asBoolean());
    return tab;
  }

  /** The value of an expression; a promise is awaited. */
  JsonNode evaluate(String script) {
    JsonNode answer =
        command(
            "Runtime.evaluate",
            "{\"expression\":%s,\"awaitPromise\":true,\"returnByValue\":true}"
                .formatted(quote(script)));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError("the page fails: " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void awaitTrue(String script, String what) {
    Awaitility.await(what).atMost(PATIENCE).until(() -> evaluate(script).asBoolean());
  }

  /** What a reader sees. */
  String text() {
    return evaluate("document.body.innerText").asText();
  }

  /** A PNG of what is in view. */
  byte[] screenshot() {
    JsonNode answer = command("Page.captureScreenshot", "{\"format\":\"png\"}");
    return Base64.getDecoder().decode(answer.path("data").asText());
  }

  private JsonNode command(String method, String params) {
    int id = commands.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String text = "{\"id\":%d,\"method\":%s,\"params\":%s}".formatted(id, quote(method), params);
    try {
      socket.join().sendText(text, true).get(COMMAND_SECONDS, TimeUnit.SECONDS);
      JsonNode reply = answer.get(COMMAND_SECONDS, TimeUnit.SECONDS);
      if (reply.has("error")) {
        throw new AssertionError(method + ": " + reply.path("error"));
      }
      return reply.path("result");
    } catch (Exception e) {
      throw new AssertionError("chromium does not answer " + method, e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    partial.append(data);
    if (isLast) {
      JsonNode message = Json.read(partial.toString());
      partial.setLength(0);
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
    }
    from.request(1);
    return null;
  }
}
