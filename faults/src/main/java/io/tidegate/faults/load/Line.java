package io.tidegate.faults.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. What comes is put into a queue: frames, then one last thing that says how it
 * ended. What is sent keeps its order.
 */
final class Line implements WebSocket.Listener {
  private static final int OPEN_SECONDS = 5;

  /** Frames that wait for their reader; beyond this the gateway is not read from. */
  private static final int MAX_WAITING = 4_096;

  /** A frame, or null with why the line has ended. */
  record Heard(@Nullable JsonNode frame, String end) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MAX_WAITING);
  private final StringBuilder text = new StringBuilder();
  private volatile boolean later;
  private volatile @Nullable WebSocket socket;

  /** Guarded by this. */
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private Line() {}

  /**
   * Opens one.
   *
   * @param authorization null: the first frame says who it is
   * @throws IllegalStateException when it does not open in time
   */
  static Line open(Rest rest, int node, @Nullable String authorization)
      throws InterruptedException {
    Line line = new Line();
    WebSocket.Builder builder = rest.http().newWebSocketBuilder();
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    CompletableFuture<WebSocket> opening = builder.buildAsync(rest.socket(node), line);
    try {
      line.socket = opening.get(OPEN_SECONDS, TimeUnit.SECONDS);
      // A process is replaced when it has ended, and it has just answered.
      line.later = rest.isLater(node);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // When it opens after all, it is ended at once.
      var unused =
          opening.whenComplete(
              (late, failure) -> {
                if (late != null) {
                  late.abort();
                }
              });
      throw new IllegalStateException("does not open: " + e, e);
    }
    return line;
  }

  /** Whether it is to a node of the later version. */
  boolean isLater() {
    return later;
  }

  /** The next, or null when nothing came for so long. */
  @Nullable Heard next(long millis) throws InterruptedException {
    return heard.poll(millis, TimeUnit.MILLISECONDS);
  }

  synchronized void send(String frame) {
    WebSocket to = socket;
    if (to != null) {
      sent = sent.handle((done, failure) -> null).thenCompose(ready -> to.sendText(frame, true));
    }
  }

  /** Ends it without a word. */
  void cut() {
    WebSocket of = socket;
    if (of != null) {
      of.abort();
    }
  }

  /** Ends it with a close frame. */
  synchronized void close() {
    WebSocket of = socket;
    if (of != null) {
      sent =
          sent.handle((done, failure) -> null)
              .thenCompose(ready -> of.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      try {
        put(new Heard(Rest.JSON.readTree(frame), ""));
      } catch (JsonProcessingException e) {
        put(new Heard(null, "not JSON: " + frame));
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    put(new Heard(null, "closed " + code + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    put(new Heard(null, "broken: " + error));
  }

  private void put(Heard one) {
    try {
      heard.put(one);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
