package io.tidegate.channel;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/**
 * The name an app gives one of its clients: 1 to 255 code points without control characters or
 * unpaired surrogates. Compared by equality, never interpreted.
 */
public record ClientId(String value) {
  private static final int MAX_CODE_POINTS = 255;

  /**
   * @throws RefusedException {@link Refusal#CLIENT_ID_INVALID}
   */
  public ClientId {
    if (!isValid(value)) {
      throw new RefusedException(
          Refusal.CLIENT_ID_INVALID, "a clientId has 1 to 255 characters, none of them a control");
    }
  }

  public static boolean isValid(String text) {
    if (text.isEmpty()
        || text.length() > 2 * MAX_CODE_POINTS
        || text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
      return false;
    }
    return text.codePoints()
        .noneMatch(
            point ->
                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
  }

  @Override
  public String toString() {
    return value;
  }
}
