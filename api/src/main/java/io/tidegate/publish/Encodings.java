package io.tidegate.publish;

import io.tidegate.json.StrictJson;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What {@code encoding} may say, and what {@code data} must be then: always a string. */
final class Encodings {
  static final int MAX_LENGTH = 64;

  private static final String BASE64 = "base64";
  private static final String CIPHER = "cipher+";

  private Encodings() {}

  static boolean isKnown(String encoding) {
    if (encoding.equals(BASE64)) {
      return true;
    }
    if (!encoding.startsWith(CIPHER) || encoding.length() == CIPHER.length()) {
      return false;
    }
    for (int i = CIPHER.length(); i < encoding.length(); i++) {
      char c = encoding.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word && "+/._-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Why the data is not what the encoding says; null when it is. */
  static @Nullable String misfit(String encoding, byte[] data) {
    if (data[0] != '"') {
      return "must be a string for this encoding";
    }
    return encoding.equals(BASE64) && !isBase64(data) ? "must be valid base64" : null;
  }

  /** The JSON string may write {@code /} and {@code +} escaped, as PHP and .NET do. */
  private static boolean isBase64(byte[] jsonString) {
    if (!(StrictJson.parse(jsonString) instanceof String text) || text.length() % 4 != 0) {
      return false;
    }
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
