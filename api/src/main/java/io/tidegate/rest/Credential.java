package io.tidegate.rest;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.auth.Origins;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.Requests;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The {@code Authorization} header of a request, and what it takes to believe it. */
@Singleton
final class Credential {
  /** Operator and control tokens: others read them. Neither a JWT nor base64 begins so. */
  private static final List<String> CONTROL_PLANE = List.of("tgo_", "tgc_");

  private final Origins origins;
  private final Attempts attempts;
  private final Requests requests;
  private final Quotas quotas;
  private final ExecutorService virtualThreads;

  Credential(
      Origins origins,
      Attempts attempts,
      Requests requests,
      Quotas quotas,
      @Named(TaskExecutors.BLOCKING) ExecutorService virtualThreads) {
    this.origins = origins;
    this.attempts = attempts;
    this.requests = requests;
    this.quotas = quotas;
    this.virtualThreads = virtualThreads;
  }

  /**
   * Empty when the request has another scheme or no such header. The check runs on a virtual
   * thread: it may read the database. Then the page's origin is looked at, if there is one, and how
   * many requests the key makes.
   */
  Publisher<Authentication> check(
      HttpRequest<?> request, String scheme, Function<String, AppPrincipal> how) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() > 1) {
      return Publishers.just(
          new RefusedException(Refusal.CREDENTIAL_INVALID, "there are several credentials"));
    }
    String credential = headers.isEmpty() ? null : of(headers.getFirst(), scheme);
    if (credential == null) {
      return Publishers.empty();
    }
    return Publishers.fromCompletableFuture(
        () -> {
          CompletableFuture<Authentication> done = new CompletableFuture<>();
          virtualThreads.execute(
              () -> {
                try {
                  String address = Peers.of(request).address();
                  AppPrincipal principal = attempts.check(address, () -> how.apply(credential));
                  done.complete(AppRefusedException.of(principal, () -> admit(request, principal)));
                } catch (Throwable refused) {
                  done.completeExceptionally(refused);
                }
              });
          return done;
        });
  }

  private Authentication admit(HttpRequest<?> request, AppPrincipal principal) {
    requireRate(request, principal, Peers.of(request).address());
    origins.require(principal, request.getHeaders().get(HttpHeaders.ORIGIN), Peers.hostOf(request));
    return new AppAuthentication(principal);
  }

  private void requireRate(HttpRequest<?> request, AppPrincipal principal, String address) {
    TenantQuota quota = quotas.of(principal.tenant());
    RateHeaders.tell(request, () -> requests.standing(quota, principal.key()));
    requests.require(quota, principal.key(), address);
  }

  /** What follows the scheme; null when the header has another one, or the control plane's. */
  private static @Nullable String of(String header, String scheme) {
    int length = scheme.length();
    boolean same = header.regionMatches(true, 0, scheme, 0, length);
    if (!same || header.length() <= length || header.charAt(length) != ' ') {
      return null;
    }
    String credential = header.substring(length + 1).trim();
    return CONTROL_PLANE.stream().anyMatch(credential::startsWith) ? null : credential;
  }
}
