package io.tidegate.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line per request, and per opened and closed connection. Holds names and numbers of ours only:
 * the template of the route, never the path or the query that a client has sent.
 */
public final class AccessLog {
  /** The logger, to be switched off by itself. */
  static final String NAME = "io.tidegate.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private AccessLog() {}

  /** Asked first, so that nothing is put together for a line that nobody writes. */
  public static boolean isOn() {
    return LOG.isInfoEnabled();
  }

  /**
   * Writes a line.
   *
   * @param namesAndValues in turns; what is null is left out
   */
  public static void write(String event, @Nullable Object... namesAndValues) {
    LoggingEventBuilder line = LOG.atInfo();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        line = line.addKeyValue(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
      }
    }
    line.log(event);
  }
}
