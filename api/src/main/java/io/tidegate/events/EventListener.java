package io.tidegate.events;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import io.tidegate.control.ControlPrincipal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the stream. Its queue is bounded: what does not fit is dropped, and said in
 * {@code skipped} as soon as there is room. Guarded by its monitor.
 */
final class EventListener {
  /** Frames that wait for a listener that does not read. */
  static final int MAX_WAITING = 256;

  private final WebSocketSession session;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private @Nullable ControlPrincipal principal;
  private boolean authenticating;
  private boolean sending;
  private boolean closed;
  private long skipped;

  EventListener(WebSocketSession session) {
    this.session = session;
  }

  /** Null until it has shown a token. */
  synchronized @Nullable ControlPrincipal principal() {
    return principal;
  }

  /** Once: the first frame is the one that counts. */
  synchronized boolean mayAuthenticate() {
    boolean first = !authenticating;
    authenticating = true;
    return first;
  }

  synchronized void authenticated(ControlPrincipal who) {
    if (!closed) {
      authenticating = true;
      principal = who;
      tell(EventFrames.ready(who));
    }
  }

  /** Who it is, looked at again. */
  synchronized void known(ControlPrincipal who) {
    principal = who;
  }

  /** Never waits. */
  synchronized void tell(String frame) {
    if (closed) {
      return;
    }
    if (waiting.size() >= MAX_WAITING) {
      skipped++;
      return;
    }
    if (skipped > 0) {
      waiting.add(EventFrames.skipped(skipped));
      skipped = 0;
    }
    waiting.add(frame);
    sendNext();
  }

  /** An event for it was lost before it came here. */
  synchronized void lost() {
    skipped++;
  }

  /** One frame is under way at a time: the next goes when the socket has taken it. */
  private synchronized void sendNext() {
    if (sending || closed) {
      return;
    }
    if (waiting.isEmpty() && skipped > 0) {
      waiting.add(EventFrames.skipped(skipped));
      skipped = 0;
    }
    String frame = waiting.poll();
    if (frame == null) {
      return;
    }
    sending = true;
    send(frame)
        .whenComplete(
            (sent, failure) -> {
              synchronized (this) {
                sending = false;
              }
              if (failure == null) {
                sendNext();
              } else {
                session.close();
              }
            });
  }

  /** Says why, and closes; what still waits is not sent. */
  void end(RefusedException reason) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
    }
    RefusalCounts.count(reason.refusal());
    CloseReason close = new CloseReason(reason.refusal().closeCode(), reason.refusal().title());
    send(EventFrames.error(reason)).whenComplete((sent, failure) -> session.close(close));
  }

  /** Fails like any send when the session has ended just now, instead of throwing. */
  private CompletableFuture<String> send(String frame) {
    try {
      return session.sendAsync(frame);
    } catch (WebSocketSessionException ended) {
      return CompletableFuture.failedFuture(ended);
    }
  }

  synchronized void gone() {
    closed = true;
    waiting.clear();
  }

  void ping() {
    try {
      session.sendPingAsync(new byte[0]);
    } catch (WebSocketSessionException ended) {
      // Just now: the framework tells us of that by itself.
    }
  }
}
