package io.tidegate.roster;

import io.tidegate.channel.AppId;
import java.util.List;

/**
 * A connection goes on over another line.
 *
 * @param id of the connection; or of a stream's ticket, which no connection has for its id
 * @param turn how often it had gone on before this, by what its client was told: of two lines the
 *     one with the lower turn is the older
 */
public record Move(AppId app, String id, int turn) {
  private static final int PARTS = 3;

  /** As nodes tell it to each other. */
  String text() {
    return app.value() + ' ' + turn + ' ' + id;
  }

  static Move parse(String text) {
    List<String> parts = List.of(text.split(" ", PARTS));
    return new Move(new AppId(parts.get(0)), parts.get(2), Integer.parseInt(parts.get(1)));
  }
}
