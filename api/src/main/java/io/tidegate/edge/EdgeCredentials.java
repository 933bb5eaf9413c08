package io.tidegate.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.Origins;
import io.tidegate.limit.Attempts;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The credential of a subscribe request: {@code Authorization} (Basic key or Bearer token), {@code
 * ticket=}, or {@code key=} (a key name: public channels only). Checks the page's origin too.
 */
@Singleton
public final class EdgeCredentials {
  private final Authenticator authenticator;
  private final Origins origins;
  private final Attempts attempts;

  EdgeCredentials(Authenticator authenticator, Origins origins, Attempts attempts) {
    this.authenticator = authenticator;
    this.origins = origins;
    this.attempts = attempts;
  }

  /**
   * Who connects.
   *
   * @param ticketId set when it was a ticket
   */
  public record Identity(AppPrincipal principal, @Nullable String ticketId) {}

  /** Whether the request carries a credential at all. */
  public static boolean isGiven(EdgeRequest request) {
    return request.header(HttpHeaderNames.AUTHORIZATION) != null || isInUrl(request);
  }

  /** Whether its credential is one that only browsers need, in the URL. */
  public static boolean isInUrl(EdgeRequest request) {
    return request.header(HttpHeaderNames.AUTHORIZATION) == null
        && (request.parameter("ticket") != null || request.parameter("key") != null);
  }

  /**
   * @param reopens whether the request proved that it goes on with a stream opened before: then a
   *     ticket that was used already is good
   * @throws RefusedException of the 401 family, AUTH_ATTEMPTS_EXCEEDED or ORIGIN_REFUSED
   */
  public Identity require(EdgeRequest request, boolean reopens) {
    Identity identity = attempts.check(request.address(), () -> identity(request, reopens));
    origins.require(identity.principal(), request.origin(), request.host());
    return identity;
  }

  private Identity identity(EdgeRequest request, boolean reopens) {
    String authorization = request.header(HttpHeaderNames.AUTHORIZATION);
    if (request.http().headers().getAll(HttpHeaderNames.AUTHORIZATION).size() > 1) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "there are several credentials");
    }
    if (authorization != null) {
      return new Identity(authorized(authorization), null);
    }
    String ticket = request.parameter("ticket");
    if (ticket != null) {
      Authenticator.Ticket used =
          reopens ? authenticator.reopen(ticket) : authenticator.ticket(ticket);
      return new Identity(used.principal(), used.id());
    }
    String keyName = request.parameter("key");
    if (keyName != null) {
      return new Identity(authenticator.keyName(keyName), null);
    }
    throw new RefusedException(
        Refusal.CREDENTIAL_MISSING, "show a key, a token, a ticket or a key name");
  }

  private AppPrincipal authorized(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    String value = authorization.substring(space + 1).trim();
    if (scheme.equalsIgnoreCase("Bearer")) {
      return authenticator.token(value);
    }
    if (scheme.equalsIgnoreCase("Basic")) {
      return authenticator.key(decoded(value));
    }
    throw new RefusedException(
        Refusal.CREDENTIAL_INVALID, "Authorization is Basic with a key or Bearer with a token");
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "Basic is base64 of name:secret");
    }
  }
}
