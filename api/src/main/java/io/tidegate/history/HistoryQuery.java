package io.tidegate.history;

import io.micronaut.http.HttpRequest;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request for history asks for. A cursor brings everything but the limit along; what the
 * request says beside it must be the same.
 *
 * @param from a seq, included; null: from the end that the direction begins at
 * @param start oldest timestamp, ms, included; null: any
 * @param end newest timestamp, ms, included; null: any
 * @param next the seq this page begins at; null on the first
 */
record HistoryQuery(
    boolean forward,
    int limit,
    @Nullable Long from,
    @Nullable Long start,
    @Nullable Long end,
    @Nullable Long next) {

  /**
   * @throws RefusedException FIELD_INVALID or CURSOR_INVALID
   */
  static HistoryQuery of(HttpRequest<?> request, Pages pages) {
    int limit = Pages.limit(request);
    String direction = request.getParameters().get("direction");
    if (direction != null && !direction.equals("forward") && !direction.equals("backward")) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "direction", "must be backward or forward");
    }
    Long from = number(request, "from");
    Long start = number(request, "start");
    Long end = number(request, "end");
    String cursor = pages.after(request);
    if (cursor == null) {
      return new HistoryQuery("forward".equals(direction), limit, from, start, end, null);
    }
    String[] parts = cursor.split(",", -1);
    HistoryQuery known =
        new HistoryQuery(
            parts[0].equals("f"),
            limit,
            known(parts[1]),
            known(parts[2]),
            known(parts[3]),
            known(parts[4]));
    boolean same =
        (direction == null || direction.equals("forward") == known.forward)
            && (from == null || Objects.equals(from, known.from))
            && (start == null || Objects.equals(start, known.start))
            && (end == null || Objects.equals(end, known.end));
    if (!same) {
      throw RefusedException.ofField(
          Refusal.CURSOR_INVALID,
          "cursor",
          "was issued for another query: start at the first page");
    }
    return known;
  }

  /** The cursor of the page that begins at {@code seq}. */
  String cursorAt(long seq) {
    return (forward ? "f," : "b,") + text(from) + "," + text(start) + "," + text(end) + "," + seq;
  }

  /** The seq to begin at, included; null: at the end that the direction begins at. */
  @Nullable Long begin() {
    return next == null ? from : next;
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
