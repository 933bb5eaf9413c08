package io.tidegate.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged while it is open, with our own loggers at their chattiest and the
 * access log on; as lines of both formats.
 */
public final class Captured extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final LineEncoder plain = new LineEncoder();
  private final LineEncoder json = new LineEncoder();
  private final Queue<String> plainLines = new ConcurrentLinkedQueue<>();
  private final Queue<String> jsonLines = new ConcurrentLinkedQueue<>();
  private final Logger root;
  private final Logger ours;
  private final Logger access;

  private Captured(LoggerContext context) {
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ours = context.getLogger("io.tidegate");
    access = context.getLogger(AccessLog.NAME);
    json.setJson(true);
  }

  public static Captured begin() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Captured captured = new Captured(context);
    captured.setContext(context);
    captured.start();
    captured.root.addAppender(captured);
    captured.ours.setLevel(Level.TRACE);
    captured.access.setLevel(Level.INFO);
    return captured;
  }

  @Override
  protected void append(ILoggingEvent event) {
    plainLines.add(new String(plain.encode(event), StandardCharsets.UTF_8));
    jsonLines.add(new String(json.encode(event), StandardCharsets.UTF_8));
  }

  public List<String> plainLines() {
    return List.copyOf(plainLines);
  }

  public List<String> jsonLines() {
    return List.copyOf(jsonLines);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    ours.setLevel(null);
    access.setLevel(Level.OFF);
  }
}
