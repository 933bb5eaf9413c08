package io.tidegate.control;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.tidegate.limit.Attempts;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Peers;
import io.tidegate.tenant.store.JdbcControlTokens;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/**
 * Reads {@code Authorization: Bearer tgo_...} and {@code tgc_...}; every other credential is for
 * someone else.
 */
@Singleton
class ControlTokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private static final String SCHEME = "Bearer ";

  private final ControlAuthenticator authenticator;
  private final Attempts attempts;
  private final ExecutorService blocking;

  ControlTokenFetcher(
      ControlAuthenticator authenticator,
      Attempts attempts,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.authenticator = authenticator;
    this.attempts = attempts;
    this.blocking = blocking;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    String header = headers.size() == 1 ? headers.getFirst() : null;
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Publishers.empty();
    }
    String token = header.substring(SCHEME.length()).strip();
    String address = Peers.of(request).address();
    if (token.startsWith(ControlAuthenticator.OPERATOR_PREFIX)) {
      try {
        return Publishers.just(attempts.check(address, () -> authenticator.operator(token)));
      } catch (RefusedException refused) {
        return Publishers.just(refused);
      }
    }
    if (token.startsWith(JdbcControlTokens.PREFIX)) {
      return Publishers.fromCompletableFuture(() -> lookUp(address, token));
    }
    return Publishers.empty();
  }

  /** On a virtual thread; a refusal is the future's own failure, not wrapped in another. */
  private CompletableFuture<Authentication> lookUp(String address, String text) {
    CompletableFuture<Authentication> done = new CompletableFuture<>();
    blocking.execute(
        () -> {
          try {
            done.complete(attempts.check(address, () -> authenticator.require(text)));
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
