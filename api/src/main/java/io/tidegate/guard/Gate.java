package io.tidegate.guard;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether requests are let in, and how many have no answer yet. Closed at the end of a drain: what
 * comes then is refused here, where nothing has to be alive for it any more. Any thread.
 */
@Singleton
public final class Gate {
  private static final long RETRY_MILLIS = 1_000;

  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile boolean closed;

  /** Lets nobody in from now on. */
  public void close() {
    closed = true;
  }

  /** Whether everyone who was let in has an answer. */
  public boolean isEmpty() {
    return unanswered.get() == 0;
  }

  /**
   * Lets a request in; {@link #leave} follows.
   *
   * @throws RefusedException DRAINING when it is closed
   */
  void enter() {
    // Counted first: who looks at the count after closing sees whoever slipped through.
    unanswered.incrementAndGet();
    if (closed) {
      leave(1);
      throw RefusedException.retryAfter(Refusal.DRAINING, "this node is going down", RETRY_MILLIS);
    }
  }

  void leave(int requests) {
    unanswered.addAndGet(-requests);
  }

  /**
   * A request that was let in is decided outside of HTTP, where its connection's guard no longer
   * counts it; {@link #decided} follows.
   */
  public void deciding() {
    unanswered.incrementAndGet();
  }

  /** It has its answer. */
  public void decided() {
    leave(1);
  }
}
