package io.tidegate.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ClientId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.tenant.store.Page;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/connections} and {@code /v1/clients}: for keys with {@code admin}. */
@Controller("/v1")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class ConnectionController {
  private static final RefusedException DISCONNECTED =
      new RefusedException(Refusal.DISCONNECTED, "the app has ended this connection");

  private final Sessions sessions;
  private final Pages pages;

  ConnectionController(Sessions sessions, Pages pages) {
    this.sessions = sessions;
    this.pages = pages;
  }

  @Get("/connections")
  HttpResponse<byte[]> list(AppPrincipal key, HttpRequest<?> request) {
    key.requireAdmin();
    String asked = request.getParameters().get("clientId");
    String clientId = asked == null ? null : new ClientId(asked).value();
    String after = pages.after(request);
    int limit = Pages.limit(request);
    List<Session> found =
        sessions.ofApp(key.app()).stream()
            .filter(session -> isListed(session, clientId, after))
            .sorted(Comparator.comparing(Session::connectionId))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    return pages.answer(
        request,
        new Page<>(more ? found.subList(0, limit) : found, more),
        ConnectionController::view,
        Session::connectionId);
  }

  @Delete("/connections/{connectionId}")
  @Status(HttpStatus.NO_CONTENT)
  void close(AppPrincipal key, String connectionId) {
    key.requireAdmin();
    Session session = sessions.find(connectionId);
    if (session == null || !isOf(session, key.app())) {
      throw new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
    }
    end(session);
  }

  @Post("/clients/{clientId}/disconnect")
  @Status(HttpStatus.NO_CONTENT)
  void disconnect(AppPrincipal key, String clientId) {
    key.requireAdmin();
    String client = new ClientId(clientId).value();
    sessions.ofApp(key.app()).stream()
        .filter(session -> client.equals(clientOf(session)))
        .forEach(ConnectionController::end);
  }

  private static void end(Session session) {
    session.onLoop(() -> session.end(DISCONNECTED));
  }

  /** Polls come and go: they are not in the list. */
  private static boolean isListed(
      Session session, @Nullable String clientId, @Nullable String after) {
    return !session.protocol().name().equals("poll")
        && (clientId == null || clientId.equals(clientOf(session)))
        && (after == null || session.connectionId().compareTo(after) > 0);
  }

  private static boolean isOf(Session session, AppId app) {
    AppPrincipal who = session.principal();
    return who != null && who.app().equals(app);
  }

  private static @Nullable String clientOf(Session session) {
    AppPrincipal who = session.principal();
    return who == null ? null : who.clientId();
  }

  private static Map<String, ?> view(Session session) {
    AppPrincipal who = session.principal();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    String id = session.connectionId();
    view.put("id", id);
    if (who != null && who.clientId() != null) {
      view.put("clientId", who.clientId());
    }
    view.put("keyName", who == null ? "" : who.key().toString());
    view.put("transport", session.protocol().name());
    view.put("nodeId", id.substring(0, Math.max(0, id.indexOf('-'))));
    view.put("address", session.address());
    view.put("openedAt", session.openedAt().toEpochMilli());
    view.put("subscriptions", session.subscriptionCount());
    return view;
  }
}
