package io.tidegate.refusal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text that clients made, fit to be kept: without what looks like a secret, without characters that
 * PostgreSQL or a terminal would stumble over, no longer than is needed to find a thing again.
 * Nothing of ours puts a secret in; but who mixes up two fields of a request sends a token for a
 * channel's name.
 */
public final class Masked {
  /** As long as the longest name there is. */
  private static final int MAX_LENGTH = 512;

  /** Looked at; searching takes the square of it. */
  private static final int MAX_SEARCHED = 2_048;

  private static final String MASK = "***";

  /**
   * Tokens (three parts of base64url), operator and control tokens, what follows a key's name, 256
   * bits in hex, and a run as long as our secrets with letters of both cases and digits in it.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,2}"
              + "|tg[oc]_[A-Za-z0-9_-]+"
              + "|(?<=[0-9]\\.[a-z0-9]{1,32}:)[^\\s\"]{20,}"
              + "|[0-9a-f]{64}"
              + "|(?=[A-Za-z0-9_+/=-]*[A-Z])(?=[A-Za-z0-9_+/=-]*[a-z])(?=[A-Za-z0-9_+/=-]*[0-9])"
              + "[A-Za-z0-9_+/=-]{32,}");

  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

  private Masked() {}

  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /** The same with another bound. */
  public static String of(String text, int most) {
    String fit = UNFIT.matcher(cut(text, MAX_SEARCHED)).replaceAll("\uFFFD");
    return cut(SECRET.matcher(fit).replaceAll(MASK), most);
  }

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
