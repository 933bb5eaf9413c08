package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcIdempotency;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What every POST of the control plane does alike: it is carried out once. */
@Singleton
class Edge {
  private final JdbcIdempotency idempotency;

  Edge(JdbcIdempotency idempotency) {
    this.idempotency = idempotency;
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
