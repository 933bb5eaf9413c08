package io.tidegate.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a host, in lower case: labels of letters, digits and hyphens (RFC 1123, section 2.1).
 * Never an address in disguise: what other readers take for a number ({@code 2130706433}, {@code
 * 0x7f.1}, {@code 0177.0.0.1}; WHATWG URL, "ends in a number") is no name. Names of other alphabets
 * come as DNS has them ({@code xn--...}), and without the dot at their end.
 */
public record HostName(String text) {
  private static final int LONGEST = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  public HostName {
    if (!isOne(text)) {
      throw new IllegalArgumentException("no name of a host");
    }
  }

  /** Null for anything else; nothing is looked up. */
  public static @Nullable HostName of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return isOne(lower) ? new HostName(lower) : null;
  }

  private static boolean isOne(String text) {
    return text.length() <= LONGEST
        && NAME.matcher(text).matches()
        && !ENDS_IN_A_NUMBER.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
