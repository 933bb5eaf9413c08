package io.tidegate.connection;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.roster.Roster;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.CommandListener;
import io.tidegate.tenant.store.JdbcCommands;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Ends connections: those of this node at once, those of others by a command. */
@Singleton
public class Disconnects implements CommandListener {
  private static final RefusedException DISCONNECTED =
      new RefusedException(Refusal.DISCONNECTED, "the app has ended this connection");

  /** Whatever else is asked for was never a connection. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Sessions sessions;
  private final Roster roster;
  private final JdbcWork work;
  private final JdbcCommands commands;
  private final InstantSource clock;

  Disconnects(
      Sessions sessions, Roster roster, JdbcWork work, JdbcCommands commands, InstantSource clock) {
    this.sessions = sessions;
    this.roster = roster;
    this.work = work;
    this.commands = commands;
    this.clock = clock;
  }

  /** Whether a text could be a connection's id. */
  static boolean mayBe(String connectionId) {
    return ID.matcher(connectionId).matches();
  }

  /**
   * Ends one connection of the key's app. May wait.
   *
   * @return false when there is none of that id, on any node
   * @throws RefusedException STORE_UNAVAILABLE when it may be on another node, which cannot be told
   */
  boolean one(AppPrincipal key, String connectionId) {
    boolean here = endOne(key.app(), connectionId);
    // Resumed on another node a moment ago, it may be on both.
    boolean there = mayBe(connectionId) && roster.mayHave(key.app(), connectionId);
    if (there) {
      tellOthers(new Command.EndConnection(key.tenant(), key.app(), connectionId));
    }
    return here || there;
  }

  /**
   * Ends all connections of a client. May wait.
   *
   * @throws RefusedException STORE_UNAVAILABLE when only this node's were ended
   */
  void all(AppPrincipal key, String clientId) {
    endAll(key.app(), clientId, Duration.ZERO);
    if (roster.hasOthers()) {
      tellOthers(new Command.EndClient(key.tenant(), key.app(), clientId));
    }
  }

  private void tellOthers(Command command) {
    work.write(
        Reach.of(command.tenant()),
        () -> {
          commands.tellOthers(command);
          return command;
        });
  }

  @Override
  public void told(Command command, Duration ago) {
    switch (command) {
      case Command.EndConnection it -> endOne(it.app(), it.connectionId());
      case Command.EndClient it -> endAll(it.app(), it.clientId(), ago);
      case Command.AppChanged it -> {}
      case Command.RulesChanged it -> {}
      case Command.LimitsChanged it -> {}
      case Command.TokensRevoked it -> {}
    }
  }

  /** Whom a command was for that nobody has any more cannot be known. */
  @Override
  public void missed() {}

  private boolean endOne(AppId app, String connectionId) {
    Session session = sessions.find(connectionId);
    AppPrincipal who = session == null ? null : session.principal();
    if (session == null || who == null || !who.app().equals(app)) {
      return false;
    }
    end(session);
    return true;
  }

  /** Whoever has connected since may stay. */
  private void endAll(AppId app, String clientId, Duration ago) {
    Instant at = clock.instant().minus(ago);
    for (Session session : sessions.ofApp(app)) {
      AppPrincipal who = session.principal();
      if (who != null && clientId.equals(who.clientId()) && !session.openedAt().isAfter(at)) {
        end(session);
      }
    }
  }

  private static void end(Session session) {
    session.onLoop(() -> session.end(DISCONNECTED));
  }
}
