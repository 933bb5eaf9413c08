package io.tidegate.rest;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.micronaut.security.token.TokenAuthenticationFetcher;
import io.tidegate.auth.Authenticator;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * {@code Authorization: Bearer}: a client's token. Stands in for Micronaut's own reader of bearer
 * tokens, which would take rights from a {@code roles} claim and a ticket for a token.
 */
@Singleton
@Replaces(TokenAuthenticationFetcher.class)
final class TokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private final Authenticator authenticator;
  private final Credential credential;

  TokenFetcher(Authenticator authenticator, Credential credential) {
    this.authenticator = authenticator;
    this.credential = credential;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    return credential.check(request, "Bearer", authenticator::token);
  }
}
