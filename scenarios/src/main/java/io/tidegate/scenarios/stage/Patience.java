package io.tidegate.scenarios.stage;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what is to come. */
public final class Patience {
  /** Ample, for a machine with a tenth of a core to spare: no promise is as slow as this. */
  private static final long SECONDS = 180;

  private static final long LOOK_MILLIS = 50;

  private Patience() {}

  /** Something that may fail while the cluster is broken. */
  @FunctionalInterface
  public interface Attempt<T> {
    /** Once. */
    T once() throws Exception;
  }

  /**
   * Returns when it is so, or a long time later.
   *
   * @return whether it is so
   */
  public static boolean until(BooleanSupplier so) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /** The same, and fails when it is not. */
  public static void demand(BooleanSupplier so, Supplier<String> otherwise)
      throws InterruptedException {
    if (!until(so)) {
      throw new IllegalStateException(otherwise.get());
    }
  }

  /** Tries until it does not fail, or a long time has passed. */
  public static <T> T insist(Attempt<T> attempt) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      try {
        return attempt.once();
      } catch (java.io.IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(4 * LOOK_MILLIS);
      }
    }
  }
}
