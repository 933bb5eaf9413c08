package io.tidegate.faults.load;

/** Refusals that a client has to expect while things are broken, or slow. */
final class Expected {
  private static final int SLOW_CONSUMER = 42930;

  private Expected() {}

  /** By its number in docs/errors.md: those of time, of load and of what is away. */
  static boolean isRefusal(int code) {
    return isStatus(code / 100) || code == SLOW_CONSUMER;
  }

  static boolean isStatus(int status) {
    return status == 408 || status == 503 || status == 504;
  }
}
