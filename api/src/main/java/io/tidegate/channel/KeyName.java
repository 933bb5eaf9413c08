package io.tidegate.channel;

import org.jspecify.annotations.Nullable;

/**
 * The public half of a key, {@code appId.keyId}: what a token's {@code kid} says. Looked up by
 * equality, never interpreted further.
 *
 * @param keyId 1 to 32 characters of {@code [a-z0-9]}, such as {@code k1}
 */
public record KeyName(AppId app, String keyId) {
  private static final int MAX_KEY_ID = 32;

  public KeyName {
    if (!isKeyId(keyId)) {
      throw new IllegalArgumentException("not a key id");
    }
  }

  /** The key name a text spells, or null when it spells none. */
  public static @Nullable KeyName parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1) {
      return null;
    }
    String app = text.substring(0, dot);
    String keyId = text.substring(dot + 1);
    return AppId.isValid(app) && isKeyId(keyId) ? new KeyName(new AppId(app), keyId) : null;
  }

  public static boolean isKeyId(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY_ID) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return app.value() + "." + keyId;
  }
}
