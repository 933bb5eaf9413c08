package io.tidegate.roster;

import io.tidegate.channel.AppId;
import java.util.List;

/**
 * A connection goes on over another line.
 *
 * @param id of the connection; or of a stream's ticket, which no connection has for its id
 * @param turn how often it had gone on before this, by what its client was told: of two lines the
 *     one with the lower turn is the older
 * @param withPlace there was no other place for it among its tenant's connections
 */
public record Move(AppId app, String id, int turn, boolean withPlace) {
  private static final String PLACE = "p";
  private static final int PARTS = 4;

  /** Whether both are about the same turn of the same connection. */
  boolean isLike(Move other) {
    return app.equals(other.app) && id.equals(other.id) && turn == other.turn;
  }

  /** As nodes tell it to each other. */
  String text() {
    return app.value() + ' ' + turn + ' ' + (withPlace ? PLACE : "-") + ' ' + id;
  }

  static Move parse(String text) {
    List<String> parts = List.of(text.split(" ", PARTS));
    return new Move(
        new AppId(parts.get(0)),
        parts.get(3),
        Integer.parseInt(parts.get(1)),
        parts.get(2).equals(PLACE));
  }
}
