package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.roster.Move;
import io.tidegate.roster.Moves;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has a connection, or the ticket of a stream: one session at a time, on all nodes. One that
 * goes on with either ends the older one, here at once and elsewhere by {@link Moves}. Any thread.
 */
final class Holders implements Moves.Listener {
  /** Begins the names of tickets among moves: no connection's id does. */
  private static final String TICKET = "#";

  private final Moves moves;
  private final ConcurrentHashMap<String, Session> byId = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Session> byTicket = new ConcurrentHashMap<>();

  Holders(Moves moves) {
    this.moves = moves;
    moves.listen(this);
  }

  /** The session has shown who it is: it has its connection from now on. */
  void take(Session session, AppId app) {
    supersede(byId.put(session.connectionId(), session), session);
    if (session.turn() > 0) {
      moves.tell(new Move(app, session.connectionId(), session.turn(), session.client().movedIn()));
    }
  }

  /**
   * A stream was opened with a ticket.
   *
   * @param again not for the first time
   */
  void take(Session session, AppId app, String ticketId, boolean again) {
    supersede(byTicket.put(ticketId, session), session);
    if (again) {
      moves.tell(new Move(app, TICKET + ticketId, 0, false));
    }
  }

  void leave(Session session) {
    byId.remove(session.connectionId(), session);
    String ticketId = session.ticketId();
    if (ticketId != null) {
      byTicket.remove(ticketId, session);
    }
  }

  @Nullable Session find(String connectionId) {
    return byId.get(connectionId);
  }

  /** Those with a connection, in no order; a live view. */
  Collection<Session> all() {
    return byId.values();
  }

  /** Whether another node has the app's connection. May wait. */
  boolean isElsewhere(AppId app, String connectionId) {
    return moves.isElsewhere(app, connectionId);
  }

  @Override
  public boolean has(Move move) {
    Session session = of(move);
    return session != null && turn(session, move) == move.turn();
  }

  @Override
  public void wentOn(Move move) {
    Session session = of(move);
    AppPrincipal who = session == null ? null : session.principal();
    if (session == null || who == null || !who.app().equals(move.app())) {
      return;
    }
    int turn = turn(session, move);
    if (turn <= move.turn()) {
      if (move.withPlace()) {
        session.onLoop(session.client()::moveOut);
      }
      supersede(session, null);
    } else {
      // That node has not heard of it: it was told while Redis was away.
      moves.tell(new Move(move.app(), move.id(), turn, false));
    }
  }

  private @Nullable Session of(Move move) {
    return move.id().startsWith(TICKET)
        ? byTicket.get(move.id().substring(TICKET.length()))
        : byId.get(move.id());
  }

  private static int turn(Session session, Move move) {
    return move.id().startsWith(TICKET) ? 0 : session.turn();
  }

  private static void supersede(@Nullable Session older, @Nullable Session newer) {
    if (older != null && older != newer) {
      RefusedException reason =
          new RefusedException(Refusal.SUPERSEDED, "the connection goes on over another socket");
      older.onLoop(() -> older.end(reason));
    }
  }
}
