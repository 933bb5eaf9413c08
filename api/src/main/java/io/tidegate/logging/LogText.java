package io.tidegate.logging;

/**
 * Text that came from anywhere, made fit for a log: what could begin a line, drive a terminal or
 * turn the reading direction is written as {@code \\u001b}, and what is too long is cut (OWASP ASVS
 * 5.0, V16.4.1).
 */
final class LogText {
  private LogText() {}

  /** The text escaped; when it was cut, its end says how much is missing. */
  static String of(String text, int most) {
    boolean cut = text.length() > most;
    int end = cut && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    String kept = cut ? text.substring(0, end) : text;
    if (!cut && isPlain(kept)) {
      return kept;
    }
    StringBuilder escaped = new StringBuilder(kept.length() + 16);
    for (int i = 0; i < kept.length(); i++) {
      char c = kept.charAt(i);
      if (isDangerous(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return cut ? escaped + "...[" + (text.length() - end) + " more]" : escaped.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isDangerous(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** C0, DEL and C1; line and paragraph separators; whatever formats, bidi controls among them. */
  private static boolean isDangerous(char c) {
    return c < ' '
        || (c >= 0x7F && c <= 0x9F)
        || c == 0x2028
        || c == 0x2029
        || (c >= 0xAD && Character.getType(c) == Character.FORMAT);
  }
}
