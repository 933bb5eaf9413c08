package io.tidegate.rest;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.micronaut.web.router.RouteMatch;
import io.tidegate.auth.AppRoles;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What {@code @Secured} turned away: no credential, one of the other plane, or one that is too
 * weak.
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationHandler
    implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {
  /** Of routes for people with a session only. */
  private static final String ACCOUNT = "account";

  private final RefusalMeter meter;

  AuthorizationHandler(RefusalMeter meter) {
    this.meter = meter;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    HttpRequest<?> asked = request;
    RefusedException refused = refusal(asked, exception);
    meter.count(asked, refused);
    return Problems.answer(asked, refused);
  }

  private static RefusedException refusal(
      HttpRequest<?> request, AuthorizationException exception) {
    if (!exception.isForbidden()) {
      return new RefusedException(
          Refusal.CREDENTIAL_MISSING, "This route needs an Authorization header, or a session.");
    }
    List<String> roles = rolesOfRoute(request);
    if (roles.contains(ACCOUNT)) {
      return new RefusedException(
          Refusal.CREDENTIAL_INVALID, "This route needs a session of the console.");
    }
    boolean dataPlane = roles.contains(AppRoles.KEY) || roles.contains(AppRoles.TOKEN);
    if (dataPlane != (exception.getAuthentication() instanceof AppAuthentication)) {
      return new RefusedException(
          Refusal.CREDENTIAL_INVALID,
          dataPlane
              ? "This route needs an app's key or a client's token."
              : "This route needs an operator or control token, or a session.");
    }
    if (!dataPlane) {
      return new RefusedException(Refusal.ROLE_INSUFFICIENT, "The role does not allow this.");
    }
    return roles.contains(AppRoles.KEY)
        ? new RefusedException(Refusal.KEY_REQUIRED, "This route needs an app's key.")
        : new RefusedException(Refusal.TOKEN_REQUIRED, "This route needs a client's token.");
  }

  private static List<String> rolesOfRoute(HttpRequest<?> request) {
    return request
        .getAttribute(HttpAttributes.ROUTE_MATCH, RouteMatch.class)
        .map(match -> List.of(match.getAnnotationMetadata().stringValues(Secured.class)))
        .orElse(List.of());
  }
}
