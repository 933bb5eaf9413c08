package io.tidegate.channel;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Comparator;

/**
 * A pattern over channel names, segmented by {@code :}. {@code *} is one whole segment, a trailing
 * {@code *} the rest (one or more segments), {@code chat-*} a segment beginning so, {@code *} alone
 * every channel. A {@code *} elsewhere in a segment is refused.
 */
public record ChannelPattern(String value) {
  /** The more specific first: most literal segments, then most literal characters, then text. */
  public static final Comparator<ChannelPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt(ChannelPattern::literalSegments)
          .thenComparingInt(ChannelPattern::literalCharacters)
          .reversed()
          .thenComparing(ChannelPattern::value);

  private static final int MAX_LENGTH = 255;
  private static final char SEPARATOR = ':';

  /**
   * @throws RefusedException {@link Refusal#PATTERN_INVALID} with the rule that was broken
   */
  public ChannelPattern {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new RefusedException(Refusal.PATTERN_INVALID, "a pattern has 1 to 255 characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean endsSegment = i + 1 == value.length() || value.charAt(i + 1) == SEPARATOR;
      if (c == '*' && !endsSegment) {
        throw new RefusedException(
            Refusal.PATTERN_INVALID, "'*' stands at the end of a segment: chat:*, chat-*:log");
      }
      if (Character.isISOControl(c)) {
        throw new RefusedException(Refusal.PATTERN_INVALID, "a pattern has no control characters");
      }
    }
    if (value.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      throw new RefusedException(
          Refusal.PATTERN_INVALID, "a pattern has no halves of surrogate pairs");
    }
  }

  /** By what of two patterns that cover a name one comes first ({@link #MOST_SPECIFIC_FIRST}). */
  public enum Rank {
    LITERAL_SEGMENTS("literalSegments"),
    LITERAL_CHARACTERS("literalCharacters"),
    NAME("name");

    private final String wireName;

    Rank(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** What decides between this and another pattern. */
  public Rank rankOver(ChannelPattern other) {
    if (literalSegments() != other.literalSegments()) {
      return Rank.LITERAL_SEGMENTS;
    }
    return literalCharacters() == other.literalCharacters() ? Rank.NAME : Rank.LITERAL_CHARACTERS;
  }

  /** Whether the pattern covers the name; linear in their lengths, allocates nothing. */
  public boolean matches(ChannelName channel) {
    return matchesName(channel.value());
  }

  private boolean matchesName(String name) {
    if (value.equals("*")) {
      return true;
    }
    int p = 0;
    int n = 0;
    while (true) {
      int patternEnd = segmentEnd(value, p);
      int nameEnd = segmentEnd(name, n);
      boolean star = patternEnd > p && value.charAt(patternEnd - 1) == '*';
      boolean last = patternEnd == value.length();
      int literal = star ? patternEnd - p - 1 : patternEnd - p;
      if (star && last && literal == 0) {
        return true;
      }
      if (!name.regionMatches(n, value, p, literal) || n + literal > nameEnd) {
        return false;
      }
      if (!star && n + literal != nameEnd) {
        return false;
      }
      boolean nameDone = nameEnd == name.length();
      if (last || nameDone) {
        return last && nameDone;
      }
      p = patternEnd + 1;
      n = nameEnd + 1;
    }
  }

  private static int segmentEnd(String text, int from) {
    int end = text.indexOf(SEPARATOR, from);
    return end < 0 ? text.length() : end;
  }

  private int literalSegments() {
    int count = 0;
    for (int at = 0; at <= value.length(); ) {
      int end = segmentEnd(value, at);
      if (end == at || value.charAt(end - 1) != '*') {
        count++;
      }
      at = end + 1;
    }
    return count;
  }

  private int literalCharacters() {
    int count = 0;
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != '*') {
        count++;
      }
    }
    return count;
  }

  @Override
  public String toString() {
    return value;
  }
}
