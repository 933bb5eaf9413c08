package io.tidegate.control;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts what requests ask of PostgreSQL, as its driver tells when it logs everything: what has the
 * HTTP server beneath it on its stack. What a gateway does by itself, or behind an answer, has not.
 */
final class Statements implements AutoCloseable {
  private static final String EXECUTE = " FE=> Execute";
  private static final String SERVER = "io.micronaut.http.";

  /** Kept: a logger that nobody holds is forgotten with its level. */
  private final Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

  private final AtomicInteger executed = new AtomicInteger();
  private final boolean toParents = driver.getUseParentHandlers();
  private final Handler counter =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getMessage().startsWith(EXECUTE) && isInRequest()) {
            executed.incrementAndGet();
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  Statements() {
    driver.setUseParentHandlers(false);
    driver.addHandler(counter);
    driver.setLevel(Level.FINEST);
  }

  private static boolean isInRequest() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(SERVER)));
  }

  /** How many statements it takes. */
  int during(Runnable request) {
    int before = executed.get();
    request.run();
    return executed.get() - before;
  }

  @Override
  public void close() {
    driver.setLevel(null);
    driver.removeHandler(counter);
    driver.setUseParentHandlers(toParents);
  }
}
