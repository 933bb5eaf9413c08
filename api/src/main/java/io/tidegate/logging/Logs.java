package io.tidegate.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.tidegate.settings.Logging;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** Makes logback do what the settings say; logback.xml is what holds until then. */
public final class Logs {
  private static final String OURS = "io.tidegate";

  private Logs() {}

  /** For the whole process. A finer level than INFO counts for our own loggers only. */
  public static void apply(Logging settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Level level = Level.toLevel(settings.level().name());
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger(OURS).setLevel(level);
    context.getLogger(AccessLog.NAME).setLevel(settings.access() ? Level.INFO : Level.OFF);
    Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream
          && stream.getEncoder() instanceof LineEncoder encoder) {
        encoder.setJson(settings.json());
      }
    }
  }
}
