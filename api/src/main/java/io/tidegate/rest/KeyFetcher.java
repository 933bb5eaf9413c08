package io.tidegate.rest;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.BasicAuthAuthenticationFetcher;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.reactivestreams.Publisher;

/** {@code Authorization: Basic}: an app's key. */
@Singleton
@Replaces(BasicAuthAuthenticationFetcher.class)
final class KeyFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private final Authenticator authenticator;
  private final Credential credential;

  KeyFetcher(Authenticator authenticator, Credential credential) {
    this.authenticator = authenticator;
    this.credential = credential;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    return credential.check(request, "Basic", this::key);
  }

  private AppPrincipal key(String base64) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "the key is not valid");
    }
    return authenticator.key(new String(decoded, StandardCharsets.UTF_8));
  }
}
