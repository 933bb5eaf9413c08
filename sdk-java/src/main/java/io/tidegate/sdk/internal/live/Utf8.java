package io.tidegate.sdk.internal.live;

/** Sizes on the wire. */
final class Utf8 {
  private Utf8() {}

  /** Bytes of well-formed text. */
  static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // The halves of a pair are 4 bytes together, 2 each.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
