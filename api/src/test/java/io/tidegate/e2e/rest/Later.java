package io.tidegate.e2e.rest;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What a client does who is told to come back because a node or its stores are not ready: a change
 * of rules takes effect, or a busy machine let a store wait. Limits are no such case: whoever is
 * over one has been refused.
 */
public final class Later {
  /** Nothing was carried out, so that asking again doubles nothing: {@code docs/errors.md}. */
  private static final Set<Integer> NOT_NOW = Set.of(50303, 50304);

  /** Much longer than a change of rules takes, so that what is refused for good is found. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Sooner than advised: whoever comes too early is told so again. */
  private static final long PAUSE_NANOS = 250_000_000;

  private Later() {}

  /** Whether this refusal says so. */
  public static boolean isAdvised(int code) {
    return NOT_NOW.contains(code);
  }

  public static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /**
   * Asks until the answer is another one than to come back, and not for ever: then that is it.
   *
   * @param code the refusal in an answer, 0 when it is none
   */
  public static <T> T ask(Supplier<T> question, ToIntFunction<T> code) {
    return ask(question.get(), question, code);
  }

  /** The same when it has been asked for the first time. */
  static <T> T ask(T first, Supplier<T> again, ToIntFunction<T> code) {
    long begun = System.nanoTime();
    T answer = first;
    while (isAdvised(code.applyAsInt(answer)) && System.nanoTime() - begun < PATIENCE.toNanos()) {
      pause();
      answer = again.get();
    }
    return answer;
  }
}
