package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a lost connection is tried again: when the server said, at once where it asks to move, else
 * after full jitter (docs/errors.md, close codes).
 */
final class Comeback {
  private final Backoff backoff;

  /** At once has been tried, and has not led to a connection since. */
  private boolean hurried;

  /** What the server said about when to come back; null when it said nothing. */
  private @Nullable Long advisedMs;

  Comeback(RandomGenerator random) {
    backoff = new Backoff(random);
  }

  /** Whether whoever is closed so is not to come back with what it came with. */
  static boolean isForbidden(int closeCode) {
    return closeCode >= 4000 && closeCode < 4100;
  }

  /** Of a handshake with a key: nothing about it gets better by itself. */
  static boolean isFinal(TidegateException why) {
    return why.status() >= 400 && why.status() < 500 && !Refusals.isPassing(why.code());
  }

  void advise(long ms) {
    advisedMs = ms;
  }

  /** An attempt begins: what was said before it is over. */
  void attempt() {
    advisedMs = null;
  }

  void connected() {
    hurried = false;
    advisedMs = null;
  }

  /** It has been good for a while, or the application asks anew. */
  void forget() {
    backoff.reset();
  }

  /** Milliseconds to wait, after a close of this code. */
  long after(int closeCode) {
    boolean atOnce = closeCode >= 4200 && closeCode < 4300 && !hurried;
    hurried |= atOnce;
    Long advised = advisedMs;
    return advised != null ? advised : atOnce ? 0 : backoff.nextMs();
  }

  /** The same, where there was nothing to be closed. */
  long next() {
    return backoff.nextMs();
  }
}
