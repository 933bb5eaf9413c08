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

  /** Stands where a key's id would for what people do in the console: no key can have it. */
  private static final String CONSOLE = "console";

  public KeyName {
    if (!isKeyId(keyId) && !keyId.equals(CONSOLE)) {
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

  /** What is shown as the key of those who act in an app by the console; no text spells it. */
  public static KeyName ofConsole(AppId app) {
    return new KeyName(app, CONSOLE);
  }

  public boolean isConsole() {
    return keyId.equals(CONSOLE);
  }

  public static boolean isKeyId(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY_ID || text.equals(CONSOLE)) {
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
