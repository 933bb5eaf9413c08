package io.tidegate.json;

/**
 * Whether strings, and escapes in JSON text, name whole characters. Half a pair (the escape of
 * U+D800 alone) is in the grammar of JSON and in no Unicode text (RFC 7493, section 2.1): written
 * as UTF-8 it would silently become a question mark. Literal halves are no UTF-8 ({@link Utf8}).
 */
public final class Surrogates {
  /** What is wrong with a field that has one alone. */
  public static final String ALONE = "must not have half of a surrogate pair";

  /** A backslash, u, and four digits. */
  private static final int ESCAPE = 6;

  private Surrogates() {}

  /** Text that is not JSON may pass: the parser refuses it. */
  public static boolean arePaired(byte[] json, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      if (json[at] != '\\') {
        at++;
        continue;
      }
      int unit = unit(json, at, end);
      if (unit < 0) {
        at += 2;
      } else if (!Character.isSurrogate((char) unit)) {
        at += ESCAPE;
      } else if (Character.isHighSurrogate((char) unit) && isLow(unit(json, at + ESCAPE, end))) {
        at += 2 * ESCAPE;
      } else {
        return false;
      }
    }
    return true;
  }

  public static boolean arePaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (Character.charCount(text.codePointAt(i)) == 1) {
        return false;
      }
      i++;
    }
    return true;
  }

  private static boolean isLow(int unit) {
    return unit >= 0 && Character.isLowSurrogate((char) unit);
  }

  /** What the escape at {@code at} stands for; negative when it is not of this kind. */
  private static int unit(byte[] json, int at, int end) {
    if (at + ESCAPE > end || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = json[i] < 0 ? -1 : Character.digit((char) json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
