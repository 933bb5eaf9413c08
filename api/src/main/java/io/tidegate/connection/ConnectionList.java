package io.tidegate.connection;

import io.tidegate.channel.AppId;
import io.tidegate.json.StrictJson;
import io.tidegate.roster.Roster;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists an app's connections: this node's as they are, other nodes' as they have told. */
@Singleton
final class ConnectionList {
  /** Of other nodes, read at a time while one client's are looked for. */
  private static final int READ_AT_ONCE = 1_000;

  /** A page is short rather than slow when few of very many connections are of the client. */
  private static final int MAX_READS = 20;

  private final Sessions sessions;
  private final Roster roster;

  ConnectionList(Sessions sessions, Roster roster) {
    this.sessions = sessions;
    this.roster = roster;
  }

  /**
   * @param end behind which the next page begins, null on the last
   */
  record Page(List<Map<String, ?>> items, @Nullable String end) {}

  /**
   * In order of id, behind {@code after}.
   *
   * @param clientId only those of this client; null: all
   */
  Page read(AppId app, @Nullable String clientId, String after, int limit) {
    TreeMap<String, Map<String, ?>> found = new TreeMap<>();
    String end = addOthers(app, clientId, after, limit, found);
    for (Session session : sessions.ofApp(app)) {
      String id = session.connectionId();
      boolean within = id.compareTo(after) > 0 && (end == null || id.compareTo(end) <= 0);
      if (within && ConnectionView.isListed(session)) {
        Map<String, ?> view = ConnectionView.of(session, sessions.node());
        if (ConnectionView.isOfClient(view, clientId)) {
          // Here it is now, whatever another node has told a moment ago.
          found.put(id, view);
        }
      }
    }
    List<Map<String, ?>> items = new ArrayList<>(found.values());
    if (items.size() <= limit) {
      return new Page(items, end);
    }
    List<Map<String, ?>> page = items.subList(0, limit);
    return new Page(page, String.valueOf(page.getLast().get("id")));
  }

  /** Null when all were read that a page may need; else the id up to which they were. */
  private @Nullable String addOthers(
      AppId app,
      @Nullable String clientId,
      String after,
      int limit,
      TreeMap<String, Map<String, ?>> found) {
    int atOnce = clientId == null ? limit + 1 : READ_AT_ONCE;
    String last = after;
    for (int reads = 0; reads < MAX_READS; reads++) {
      List<Roster.Connection> some = roster.connections(app, last, atOnce);
      for (Roster.Connection one : some) {
        Map<String, ?> view = StrictJson.parseObject(one.json());
        if (ConnectionView.isOfClient(view, clientId)) {
          found.put(one.id(), view);
        }
        last = one.id();
      }
      if (some.size() < atOnce || found.size() > limit) {
        return null;
      }
    }
    return last;
  }
}
