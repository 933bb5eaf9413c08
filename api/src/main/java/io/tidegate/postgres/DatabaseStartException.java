package io.tidegate.postgres;

/** The embedded database cannot start; the message is one line that says what to do. */
@SuppressWarnings("serial")
public final class DatabaseStartException extends RuntimeException {
  public DatabaseStartException(String message) {
    super(message);
  }

  public DatabaseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
