package io.tidegate.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.tidegate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Writes events as lines: {@code plain} for people, {@code json} (one object per line) for what
 * collects logs. In both, nothing that a client has sent can begin a line of its own.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  /** A message, or the value of a field; longer ones are cut. */
  static final int MAX_TEXT = 2_048;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  private volatile boolean json;

  /** Set by logback.xml, and when the settings are read. */
  public void setJson(boolean on) {
    json = on;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return (json ? json(event) : plain(event)).getBytes(StandardCharsets.UTF_8);
  }

  private static String plain(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append(TIME.format(event.getInstant()))
        .append(String.format(" %-5s ", event.getLevel()))
        .append(event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1))
        .append(' ')
        .append(text(event.getFormattedMessage()));
    for (KeyValuePair field : fields(event)) {
      line.append(' ').append(field.key).append('=').append(value(field.value));
    }
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(StackText.of(event.getThrowableProxy())).append('\n');
    }
    return line.toString();
  }

  private static String json(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", text(event.getThreadName()));
    line.put("message", text(event.getFormattedMessage()));
    for (KeyValuePair field : fields(event)) {
      line.putIfAbsent(field.key, value(field.value));
    }
    if (event.getThrowableProxy() != null) {
      line.put("error", StackText.of(event.getThrowableProxy()));
    }
    return StrictJson.write(line) + "\n";
  }

  private static List<KeyValuePair> fields(ILoggingEvent event) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    return fields == null ? List.of() : fields;
  }

  private static Object value(Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value
        : text(String.valueOf(value));
  }

  private static String text(String text) {
    return LogText.of(text, MAX_TEXT);
  }
}
