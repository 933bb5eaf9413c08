package io.tidegate.settings;

import java.util.Locale;

/**
 * How the log is written.
 *
 * @param json one JSON object per line, for what collects logs; else plain lines for people
 * @param level the least that is written
 * @param access whether there is a line per request and per connection
 */
public record Logging(boolean json, Level level, boolean access) {
  /** From silent to chatty. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** A person at a terminal has not asked for a line per request; what collects logs has. */
  static Logging read(Variables variables) {
    String format =
        variables.checked(
            "TIDEGATE_LOG_FORMAT", "plain", text -> text.matches("plain|json"), "is plain or json");
    String level =
        variables
            .checked(
                "TIDEGATE_LOG_LEVEL",
                "info",
                text -> text.toLowerCase(Locale.ROOT).matches("error|warn|info|debug"),
                "is error, warn, info or debug")
            .toUpperCase(Locale.ROOT);
    boolean json = format.equals("json");
    return new Logging(json, Level.valueOf(level), variables.flag("TIDEGATE_ACCESS_LOG", json));
  }
}
