package io.tidegate.problem;

/**
 * One fault of a request.
 *
 * @param field a JSON pointer into the body such as {@code /messages/2/name}, or the name of a
 *     parameter or header
 * @param message what it should be, for people; never holds the value
 */
public record FieldError(String field, String message) {
  private static final int MAX_STEP = 64;

  /**
   * A name that a client chose, as a step of a pointer: {@code ~} and {@code /} escaped (RFC 6901,
   * 3), and no longer than is needed to find it.
   */
  public static String step(String name) {
    int end = Math.min(name.length(), MAX_STEP);
    if (end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end).replace("~", "~0").replace("/", "~1");
  }
}
