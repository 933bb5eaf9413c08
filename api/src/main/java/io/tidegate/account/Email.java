package io.tidegate.account;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail as it was written; nobody is written to, so no more than its shape is looked at. */
public record Email(String text) {
  private static final int MIN = 3;
  private static final int MAX = 254;
  private static final Pattern SHAPE = Pattern.compile("[^@\\s]+@[^@\\s]+");

  /**
   * @throws RefusedException FIELD_INVALID
   */
  public Email {
    int length = text.codePointCount(0, text.length());
    boolean plain = text.codePoints().noneMatch(Email::isStrange);
    if (length < MIN || length > MAX || !plain || !SHAPE.matcher(text).matches()) {
      throw new RefusedException(
          Refusal.FIELD_INVALID, "must be an e-mail of " + MIN + " to " + MAX + " characters");
    }
  }

  /** Control characters, halves of pairs and separators that the pattern takes for letters. */
  private static boolean isStrange(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The same for every spelling of one e-mail. */
  public String key() {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /** What stands before the @. */
  String local() {
    return text.substring(0, text.indexOf('@'));
  }

  @Override
  public String toString() {
    return text;
  }
}
