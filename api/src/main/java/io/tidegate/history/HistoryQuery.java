package io.tidegate.history;

import io.micronaut.http.HttpRequest;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import org.jspecify.annotations.Nullable;

/**
 * What a request for history asks for. A cursor brings everything but the limit along.
 *
 * @param from a seq, included; null: from the end that the direction begins at
 * @param start oldest timestamp, ms, included; null: any
 * @param end newest timestamp, ms, included; null: any
 */
record HistoryQuery(
    boolean forward, int limit, @Nullable Long from, @Nullable Long start, @Nullable Long end) {

  /**
   * @throws RefusedException FIELD_INVALID or CURSOR_INVALID
   */
  static HistoryQuery of(HttpRequest<?> request, Pages pages) {
    int limit = Pages.limit(request);
    String cursor = pages.after(request);
    if (cursor != null) {
      String[] parts = cursor.split(",", -1);
      return new HistoryQuery(
          parts[0].equals("f"), limit, known(parts[1]), known(parts[2]), known(parts[3]));
    }
    String direction = request.getParameters().get("direction");
    if (direction != null && !direction.equals("forward") && !direction.equals("backward")) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "direction", "must be backward or forward");
    }
    return new HistoryQuery(
        "forward".equals(direction),
        limit,
        number(request, "from"),
        number(request, "start"),
        number(request, "end"));
  }

  /** The cursor of the page that begins at {@code next}. */
  String cursorAt(long next) {
    return (forward ? "f," : "b,") + next + "," + text(start) + "," + text(end);
  }

  private static String text(@Nullable Long number) {
    return number == null ? "" : number.toString();
  }

  private static @Nullable Long known(String text) {
    return text.isEmpty() ? null : Long.valueOf(text);
  }

  private static @Nullable Long number(HttpRequest<?> request, String name) {
    String text = request.getParameters().get(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw RefusedException.ofField(Refusal.FIELD_INVALID, name, "must be a whole number from 0");
    }
    return Long.valueOf(text);
  }
}
