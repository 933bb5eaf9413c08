package io.tidegate.control;

import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteMatch;
import io.tidegate.account.SignedIn;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.SameOrigin;
import io.tidegate.signin.Sessions;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcApps;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads the cookie of a session, on routes of the control plane, where there is no {@code
 * Authorization}. One that is over or unknown is no credential, so that a sign-in with an old
 * cookie is none the worse for it.
 */
@Singleton
final class SessionFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private static final String EVENTS = "/v1/events";

  private final Sessions sessions;
  private final JdbcApps apps;
  private final ExecutorService blocking;

  SessionFetcher(
      Sessions sessions, JdbcApps apps, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.sessions = sessions;
    this.apps = apps;
    this.blocking = blocking;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    String text = Cookies.text(request);
    if (text == null || request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
      return Mono.empty();
    }
    UriRouteMatch<?, ?> route =
        request
            .getAttribute(HttpAttributes.ROUTE_MATCH, RouteMatch.class)
            .filter(UriRouteMatch.class::isInstance)
            .map(match -> (UriRouteMatch<?, ?>) match)
            .orElse(null);
    if (route == null || isDataPlane(route) || isStrangersSocket(request)) {
      return Mono.empty();
    }
    Map<String, Object> variables = route.getVariableValues();
    return Mono.<Authentication>fromCallable(() -> principal(text, variables))
        .subscribeOn(Schedulers.fromExecutor(blocking));
  }

  private @Nullable Authentication principal(String text, Map<String, Object> variables) {
    SignedIn session = sessions.find(text).orElse(null);
    return session == null ? null : ControlPrincipal.of(session, asked(variables));
  }

  /** The tenant that the route is about; null when it is about none, or there is no such app. */
  private @Nullable TenantId asked(Map<String, Object> variables) {
    if (variables.get("tenantId") instanceof String tenant) {
      return TenantId.isValid(tenant) ? Asked.tenant(tenant) : null;
    }
    if (variables.get("appId") instanceof String app && AppId.isValid(app)) {
      return tenantOf(new AppId(app));
    }
    return null;
  }

  /** Read each time, known or not: what is absent takes the same work as what is another's. */
  @Nullable TenantId tenantOf(AppId app) {
    try {
      return apps.read(Caller.SYSTEM, app).tenant();
    } catch (RefusedException refused) {
      if (refused.refusal() == Refusal.NOT_FOUND) {
        return null;
      }
      throw refused;
    }
  }

  private static boolean isDataPlane(RouteMatch<?> route) {
    List<String> roles = List.of(route.getAnnotationMetadata().stringValues(Secured.class));
    return roles.contains(AppRoles.KEY) || roles.contains(AppRoles.TOKEN);
  }

  /** A browser sends its cookies with the handshake of any page's WebSocket. */
  private static boolean isStrangersSocket(HttpRequest<?> request) {
    return request.getPath().equals(EVENTS) && !SameOrigin.asks(request);
  }
}
