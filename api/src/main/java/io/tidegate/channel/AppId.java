package io.tidegate.channel;

/**
 * An app's id: 1 to 18 digits without a leading zero, text on every interface.
 *
 * @param value for instance {@code 482913}
 */
public record AppId(String value) {
  private static final int MAX_DIGITS = 18;

  public AppId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an app id");
    }
  }

  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_DIGITS || value.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  public long number() {
    return Long.parseLong(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
