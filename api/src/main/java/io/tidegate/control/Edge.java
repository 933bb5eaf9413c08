package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.security.authentication.Authentication;
import io.tidegate.rest.RequestIds;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcIdempotency;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What every route of the control plane does alike: who asks, and a POST only once. */
@Singleton
class Edge {
  private final JdbcIdempotency idempotency;

  Edge(JdbcIdempotency idempotency) {
    this.idempotency = idempotency;
  }

  /** Routes ask for a role, and only control principals have one. */
  static Caller caller(Authentication authentication, HttpRequest<?> request) {
    return ((ControlPrincipal) authentication).caller(RequestIds.of(request));
  }

  /** Runs the change, or answers as it was answered for the same Idempotency-Key. */
  HttpResponse<byte[]> once(
      Caller caller, HttpRequest<?> request, byte[] body, Supplier<Answer> change) {
    String key = Asked.idempotencyKey(request);
    if (key == null) {
      return change.get().toHttp();
    }
    String scope = caller.actor().kind() + " " + caller.actor().id() + " POST " + request.getPath();
    byte[] answer = idempotency.once(caller, scope, key, body, () -> change.get().toBytes());
    return Answer.ofBytes(answer).toHttp();
  }
}
