package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.Futures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. It reads all that comes: whoever takes messages too slowly is parked, so that no
 * answer waits behind them ({@link Feed}).
 */
final class Socket implements WebSocket.Listener {
  /** What a socket tells; called by one thread at a time, without the lock. */
  interface Events {
    void opened(Socket socket);

    void text(Socket socket, String text);

    void gone(Socket socket, int closeCode, @Nullable TidegateException reason);
  }

  private static final int ABNORMAL = 1006;

  /** How long a goodbye may take, before the line is cut. */
  private static final long GOODBYE_MS = 2_000;

  /**
   * Text that may wait for the line: twice what may wait to be published, which is sent again as
   * the same text. Only a line that takes nothing comes that far, and it is replaced.
   */
  static final long MOST_CHARS = 2 * Outbox.MOST_BYTES;

  private final Events events;
  private final ReentrantLock lock;

  /** Of a text in several parts; used by the reading thread alone. */
  private final StringBuilder partial = new StringBuilder();

  /** Guarded by the lock, as the characters in it. */
  private final Queue<String> waiting = new ArrayDeque<>();

  private long chars;

  /** Guarded by the lock. */
  private boolean sending;

  /** Guarded by the lock: null before it is open. */
  private @Nullable WebSocket line;

  /** Guarded by the lock: nothing is sent or told any more. */
  private boolean dropped;

  /** When something came last, by nanoTime. */
  private volatile long heard = System.nanoTime();

  Socket(Events events, ReentrantLock lock) {
    this.events = events;
    this.lock = lock;
  }

  /** Begins to open. */
  static Socket open(
      HttpClient http, URI uri, @Nullable String authorization, Events events, ReentrantLock lock) {
    Socket socket = new Socket(events, lock);
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    CompletableFuture<WebSocket> opening = builder.buildAsync(uri, socket);
    opening.whenComplete(
        (line, thrown) -> {
          if (thrown != null) {
            events.gone(socket, ABNORMAL, HandshakeRefusal.of(Futures.cause(thrown)));
          }
        });
    return socket;
  }

  /** Nanoseconds since something came. */
  long silence() {
    return System.nanoTime() - heard;
  }

  void send(String text) {
    lock.lock();
    try {
      if (chars + text.length() > MOST_CHARS) {
        overflow();
      } else if (!dropped) {
        waiting.add(text);
        chars += text.length();
        pump();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The line is cut; that it is gone is told later, as whoever sends is in the middle of it. */
  private void overflow() {
    if (!dropped) {
      drop(false);
      TidegateException full =
          TidegateException.local(
              Local.QUEUE_FULL, "The line does not take what is sent: too much waits", null);
      Threads.timer().execute(() -> events.gone(this, ABNORMAL, full));
    }
  }

  /** The JDK takes one text at a time. */
  private void pump() {
    while (line != null && !sending && !dropped) {
      String text = waiting.poll();
      if (text == null) {
        return;
      }
      chars -= text.length();
      sending = true;
      CompletableFuture<WebSocket> sent = line.sendText(text, true);
      if (sent.isDone()) {
        sending = false;
      } else {
        sent.whenComplete((line, thrown) -> sent());
      }
    }
  }

  private void sent() {
    lock.lock();
    try {
      sending = false;
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of it; with a goodbye the gateway knows that it is not to come back. */
  void drop(boolean goodbye) {
    WebSocket open;
    lock.lock();
    try {
      dropped = true;
      waiting.clear();
      chars = 0;
      open = line;
    } finally {
      lock.unlock();
    }
    if (open == null) {
      return;
    }
    if (goodbye && !open.isOutputClosed()) {
      open.sendClose(WebSocket.NORMAL_CLOSURE, "")
          .orTimeout(GOODBYE_MS, TimeUnit.MILLISECONDS)
          .whenComplete(
              (line, thrown) ->
                  Threads.timer().schedule(open::abort, GOODBYE_MS, TimeUnit.MILLISECONDS));
    } else {
      open.abort();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    boolean unwanted;
    lock.lock();
    try {
      line = opened;
      unwanted = dropped;
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      opened.abort();
      return;
    }
    heard = System.nanoTime();
    opened.request(Long.MAX_VALUE);
    events.opened(this);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard = System.nanoTime();
    if (last && partial.length() == 0) {
      events.text(this, data.toString());
      return null;
    }
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      events.text(this, text);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    heard = System.nanoTime();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    events.gone(this, code, null);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable thrown) {
    events.gone(this, ABNORMAL, HandshakeRefusal.of(thrown));
  }
}
