package io.tidegate.e2e.access;

import io.tidegate.contract.Route;
import java.util.List;
import java.util.Set;

/** What kind of credential a route asks for; from the contract alone. */
enum Plane {
  /** Nobody is asked who they are. */
  PUBLIC,
  /** Who has a session, whatever their role. */
  SESSION,
  /** Operator and control tokens and sessions, by role. */
  CONTROL,
  /** Keys and clients' tokens, by operation. */
  DATA,
  /** What opens a stream or a socket: tickets and key names too. */
  SUBSCRIBE,
  /** The socket of consoles, which may show its token in a frame: {@code events.EventsTest}. */
  EVENTS;

  /** Public by decision: one more is an open door until it is named here. */
  private static final Set<String> OPEN =
      Set.of(
          "getOpenApi",
          "getAsyncApi",
          "getLiveness",
          "getReadiness",
          "getMetrics",
          "signIn",
          "openInvitation",
          "acceptInvitation");

  private static final Set<String> OPERATIONS =
      Set.of("publish", "subscribe", "presence", "history", "admin", "any");

  private static final Set<String> CONTROL_CREDENTIALS =
      Set.of("operatorToken", "controlToken", "session");
  private static final List<String> EVENTS_CREDENTIALS =
      List.of("operatorToken", "controlToken", "session", "none");

  private static final Set<String> DATA_CREDENTIALS = Set.of("key", "clientToken", "consoleToken");
  private static final Set<String> URL_CREDENTIALS = Set.of("ticket", "keyName");

  /**
   * @throws AssertionError for a route that says too little, or two things at once
   */
  static Plane of(Route route) {
    boolean role = route.role() != null;
    boolean operation = route.operation() != null && OPERATIONS.contains(route.operation());
    boolean open = route.isPublic() || onlyOf(route, Set.of("none", "session"));
    if (open && !role && route.operation() == null && isOpen(route)) {
      return PUBLIC;
    }
    if (!role && route.operation() == null && onlyOf(route, Set.of("session"))) {
      return SESSION;
    }
    if (role && route.operation() == null && onlyOf(route, CONTROL_CREDENTIALS)) {
      return CONTROL;
    }
    if (operation && !role && onlyOf(route, DATA_CREDENTIALS)) {
      return DATA;
    }
    if (operation && !role && route.credentials().containsAll(URL_CREDENTIALS)) {
      return SUBSCRIBE;
    }
    if (operation && !role && route.credentials().equals(EVENTS_CREDENTIALS)) {
      return EVENTS;
    }
    throw new AssertionError(
        route.operationId() + ": its role, operation and credentials fit no plane: " + route);
  }

  private static boolean isOpen(Route route) {
    return OPEN.contains(route.operationId());
  }

  private static boolean onlyOf(Route route, Set<String> credentials) {
    return !route.credentials().isEmpty() && credentials.containsAll(route.credentials());
  }
}
