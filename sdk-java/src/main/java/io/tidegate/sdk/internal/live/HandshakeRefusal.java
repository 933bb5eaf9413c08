package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.http.Problems;
import io.tidegate.sdk.internal.json.JsonReader;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why a line could not be opened, or broke: what the gateway answered, or that nobody did. */
final class HandshakeRefusal {
  private HandshakeRefusal() {}

  static TidegateException of(Throwable thrown) {
    if (thrown instanceof WebSocketHandshakeException refused) {
      return refused(refused.getResponse());
    }
    return TidegateException.local(
        Local.NO_ANSWER, "The gateway cannot be reached: " + thrown, thrown);
  }

  private static TidegateException refused(HttpResponse<?> response) {
    int status = response.statusCode();
    Long after =
        response.headers().firstValue("Retry-After").map(HandshakeRefusal::millis).orElse(null);
    if (response.body() instanceof String body) {
      try {
        TidegateException problem = Problems.read(new JsonReader(body));
        if (problem.code() / 100 == status) {
          return problem;
        }
      } catch (IllegalArgumentException e) {
        // Somebody between us and the gateway has answered: the status is all there is.
      }
    }
    return Refusals.of(status * 100, "The gateway refused the connection: HTTP " + status, after);
  }

  private static @Nullable Long millis(String seconds) {
    try {
      return Long.parseLong(seconds.strip()) * 1000;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
