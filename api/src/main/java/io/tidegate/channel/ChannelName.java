package io.tidegate.channel;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.text.Normalizer;

/**
 * A channel's name within its app: 1 to 255 code points in Unicode NFC, no control, format-control
 * (bidi) or unpaired surrogate characters, not beginning with {@code [} (but for {@link
 * #META_LOG}), {@code :} or {@code #}. A name in another normal form is refused, never silently
 * rewritten: two spellings of one name would otherwise be one channel for some clients and two for
 * others.
 *
 * @param value for instance {@code chat:room-7}
 */
public record ChannelName(String value) implements Comparable<ChannelName> {
  public static final int MAX_CODE_POINTS = 255;

  /** An app's log of itself: written by the gateway, read by keys with {@code admin}. */
  public static final String META_LOG = "[meta]log";

  /**
   * @throws RefusedException {@link Refusal#CHANNEL_NAME_INVALID} with the rule that was broken
   */
  public ChannelName {
    String broken = brokenRule(value);
    if (broken != null) {
      throw new RefusedException(Refusal.CHANNEL_NAME_INVALID, broken);
    }
  }

  private static @org.jspecify.annotations.Nullable String brokenRule(String value) {
    if (value.isEmpty()) {
      return "a channel name has at least one character";
    }
    if (value.length() > 2 * MAX_CODE_POINTS
        || value.codePointCount(0, value.length()) > MAX_CODE_POINTS) {
      return "a channel name has at most 255 characters";
    }
    char first = value.charAt(0);
    if ((first == '[' && !value.equals(META_LOG)) || first == ':' || first == '#') {
      return "a channel name does not begin with '[', ':' or '#'";
    }
    boolean ascii = true;
    for (int i = 0; i < value.length(); ) {
      int point = value.codePointAt(i);
      if (isForbidden(point)) {
        return "a channel name has no control characters";
      }
      ascii &= point < 0x80;
      i += Character.charCount(point);
    }
    if (!ascii && !Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      return "a channel name is in Unicode normalization form C (NFC)";
    }
    return null;
  }

  /** Whether it is one of the gateway's own, which no rule of the app covers. */
  public boolean isMeta() {
    return value.charAt(0) == '[';
  }

  private static boolean isForbidden(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }

  @Override
  public int compareTo(ChannelName other) {
    return compare(value, other.value);
  }

  /**
   * By code points, which is also the order of the UTF-8 bytes: every store sorts names alike.
   * {@code String.compareTo} puts U+10000 and above before U+E000.
   */
  public static int compare(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char mine = one.charAt(i);
      char theirs = other.charAt(i);
      if (mine != theirs) {
        boolean supplementary = Character.isSurrogate(mine);
        return supplementary == Character.isSurrogate(theirs)
            ? mine - theirs
            : supplementary ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }

  @Override
  public String toString() {
    return value;
  }
}
