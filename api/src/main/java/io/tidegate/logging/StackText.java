package io.tidegate.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** A failure and its causes as lines; what the failures say is escaped, the line ends are ours. */
final class StackText {
  /** All of it; the causes of causes are cut. */
  private static final int MAX_LENGTH = 16_384;

  private static final int MAX_CAUSES = 8;
  private static final int MAX_FRAMES = 60;

  private StackText() {}

  static String of(IThrowableProxy failure) {
    StringBuilder text = new StringBuilder(1_024);
    @Nullable IThrowableProxy at = failure;
    for (int i = 0; at != null && i < MAX_CAUSES && text.length() < MAX_LENGTH; i++) {
      text.append(i == 0 ? "" : "\nCaused by: ").append(at.getClassName());
      if (at.getMessage() != null) {
        text.append(": ").append(LogText.of(at.getMessage(), LineEncoder.MAX_TEXT));
      }
      frames(text, at);
      at = at.getCause();
    }
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text.toString();
  }

  private static void frames(StringBuilder text, IThrowableProxy failure) {
    StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
    int own = frames.length - failure.getCommonFrames();
    for (int i = 0; i < Math.min(own, MAX_FRAMES); i++) {
      text.append("\n\t").append(frames[i].getSTEAsString());
    }
  }
}
