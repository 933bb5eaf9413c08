package io.tidegate.session;

import io.tidegate.hub.Start;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a client spells a rewind: {@code 25} messages, or {@code 90s}, {@code 2m}, {@code 1h}. */
public final class Rewinds {
  private static final Pattern SPELLING = Pattern.compile("([0-9]{1,7})([smh]?)");

  private Rewinds() {}

  /**
   * @throws RefusedException FIELD_INVALID
   */
  public static Start parse(String text) {
    Matcher matcher = SPELLING.matcher(text);
    if (!matcher.matches() || text.equals("0")) {
      throw new RefusedException(
          Refusal.FIELD_INVALID, "must be a number of messages, or a time such as 30s, 2m, 1h");
    }
    int number = Integer.parseInt(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> ofSeconds(number);
      case "m" -> ofSeconds(number * 60L);
      case "h" -> ofSeconds(number * 3600L);
      default -> ofMessages(number);
    };
  }

  public static Start ofMessages(int messages) {
    return new Start.Rewind(messages, Integer.MAX_VALUE);
  }

  private static Start ofSeconds(long seconds) {
    return new Start.Rewind(Integer.MAX_VALUE, seconds);
  }
}
