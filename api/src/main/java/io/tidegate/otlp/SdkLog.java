package io.tidegate.otlp;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry has to say, such as that the collector is away, in our log: it speaks to
 * {@code java.util.logging}, which would write to standard error beside it. It says each thing a
 * few times a minute at most, and never the headers it sends.
 */
final class SdkLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkLog.class);

  /** Held: the JDK forgets a logger that nobody holds, and what was set on it. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private static boolean begun;

  private SdkLog() {}

  static synchronized void begin() {
    if (!begun) {
      begun = true;
      SDK.setUseParentHandlers(false);
      SDK.setLevel(Level.WARNING);
      SDK.addHandler(new SdkLog());
    }
  }

  @Override
  public void publish(LogRecord line) {
    LOG.warn("Traces: {}", line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
