package io.tidegate.connection;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection as the list tells of it, whichever node it is on. */
public final class ConnectionView {
  private static final String CLIENT_ID = "clientId";

  /**
   * What is spoken over every transport that there is; another edge will have a name of its own.
   */
  private static final String NATIVE = "native";

  private ConnectionView() {}

  /**
   * @param nodeId where it is: its id may name the node that it was on before
   */
  public static Map<String, @Nullable Object> of(Session session, String nodeId) {
    AppPrincipal who = session.principal();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", session.connectionId());
    if (who != null && who.clientId() != null) {
      view.put(CLIENT_ID, who.clientId());
    }
    view.put("keyName", who == null ? "" : who.key().toString());
    view.put("transport", session.protocol().name());
    view.put("nodeId", nodeId);
    view.put("address", session.address());
    view.put("openedAt", session.openedAt().toEpochMilli());
    view.put("subscriptions", session.progress().subscriptions());
    view.put("protocol", NATIVE);
    view.put("lag", session.progress().lag());
    view.put("pendingBytes", session.progress().unsentBytes());
    view.put("console", who != null && who.isConsole());
    return view;
  }

  /** Polls come and go: they are in no list. */
  public static boolean isListed(Session session) {
    return !session.protocol().name().equals("poll");
  }

  static boolean isOfClient(Map<String, ?> view, @Nullable String clientId) {
    return clientId == null || clientId.equals(view.get(CLIENT_ID));
  }
}
