package io.tidegate.sdk.internal.json;

/** Text that UTF-8 can carry: each half of a surrogate pair has its other half. */
final class Surrogates {
  private Surrogates() {}

  static String checked(String text, int offset) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw JsonException.at(offset, "half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }
}
