package io.tidegate.e2e.presence;

import static io.tidegate.e2e.rest.Json.quote;

import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Later;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many members of one channel, each a client of its own over a connection of its own, as the
 * protocol has it. Cheap: tokens are signed here, and of what they are told only the answer counts.
 */
public final class Crowd implements AutoCloseable {
  /** So many open at once: a listening socket's queue is not endless. */
  private static final int AT_ONCE = 32;

  private static final long PATIENCE_SECONDS = 120;

  private final List<WebSocket> sockets = new ArrayList<>();

  private Crowd() {}

  /** Lets {@code count} clients enter, {@code name-0} and so on; returns when all are in. */
  public static Crowd enter(TestApp app, String channel, String name, int count) {
    Crowd crowd = new Crowd();
    Semaphore turns = new Semaphore(AT_ONCE);
    List<Future<WebSocket>> entering = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        String clientId = name + "-" + i;
        entering.add(
            threads.submit(
                () -> {
                  turns.acquire();
                  try {
                    return enter(app, channel, clientId);
                  } finally {
                    turns.release();
                  }
                }));
      }
      for (Future<WebSocket> one : entering) {
        crowd.sockets.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return crowd;
    } catch (Exception e) {
      crowd.close();
      throw new AssertionError("not all of the crowd entered", e);
    }
  }

  private static WebSocket enter(TestApp app, String channel, String clientId) throws Exception {
    String secret = app.key().substring(app.key().indexOf(':') + 1);
    Answered answered = new Answered();
    WebSocket socket =
        Rest.http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + Forged.good(app.keyName(), secret, clientId))
            .buildAsync(app.target().socket("/v1/ws"), answered)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String answer = Later.ask(() -> answer(socket, answered, channel), Crowd::code);
    if (answer.contains("\"error\"")) {
      throw new AssertionError(clientId + " may not enter: " + answer);
    }
    return socket;
  }

  private static String answer(WebSocket socket, Answered answered, String channel) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    answered.answer = answer;
    String enter =
        "{\"type\":\"presence\",\"id\":\"in\",\"channel\":%s,\"action\":\"enter\"}"
            .formatted(quote(channel));
    return socket
        .sendText(enter, true)
        .thenCompose(sent -> answer)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static int code(String answer) {
    return answer.contains("\"error\"") ? Json.read(answer).path("code").asInt() : 0;
  }

  /** Waits for the answer to one request at a time, and reads on: pings are answered. */
  private static final class Answered implements WebSocket.Listener {
    private volatile CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      if (data.toString().contains("\"id\":\"in\"")) {
        answer.complete(data.toString());
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      answer.completeExceptionally(new IllegalStateException("closed with " + code));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      answer.completeExceptionally(error);
    }
  }

  /** Breaks every line off. */
  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
  }
}
