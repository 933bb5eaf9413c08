package io.tidegate.session;

import io.tidegate.hub.Start;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a client spells a rewind: {@code 25} messages, or {@code 90s}, {@code 2m}, {@code 1h}. */
public final class Rewinds {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,7}");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,7})([smh])");

  private Rewinds() {}

  /**
   * A number of messages or a time, as a query spells it.
   *
   * @throws RefusedException FIELD_INVALID
   */
  public static Start parse(String text) {
    if (!COUNT.matcher(text).matches()) {
      return parseTime(text);
    }
    int messages = Integer.parseInt(text);
    if (messages == 0) {
      throw refusal();
    }
    return ofMessages(messages);
  }

  /**
   * A time with its unit; JSON has numbers for a number of messages.
   *
   * @throws RefusedException FIELD_INVALID
   */
  public static Start parseTime(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw refusal();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> ofSeconds(number);
      case "m" -> ofSeconds(number * 60);
      default -> ofSeconds(number * 3600);
    };
  }

  public static Start ofMessages(int messages) {
    return new Start.Rewind(messages, Integer.MAX_VALUE);
  }

  private static Start ofSeconds(long seconds) {
    return new Start.Rewind(Integer.MAX_VALUE, seconds);
  }

  private static RefusedException refusal() {
    return new RefusedException(
        Refusal.FIELD_INVALID, "must be a number of messages, or a time such as 30s, 2m, 1h");
  }
}
