package io.tidegate.channel;

/**
 * The name of one uninterrupted run of a channel's sequence numbers: opaque, 1 to 64 characters of
 * {@code [A-Za-z0-9_.-]}. One (epoch, seq) is one message for every observer, for ever; a store
 * that cannot vouch for that any more begins a new epoch.
 */
public record Epoch(String value) {
  private static final int MAX_LENGTH = 64;

  public Epoch {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an epoch");
    }
  }

  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
