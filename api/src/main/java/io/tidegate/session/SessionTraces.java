package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.problem.RefusedException;
import io.tidegate.trace.Trace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trace is told of a publish over a connection: what the access log tells of it. */
final class SessionTraces {
  private static final int SERVER_ERROR = 500;

  private SessionTraces() {}

  static void published(
      Trace trace, Session session, AppPrincipal who, @Nullable Throwable failure) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("tidegate.protocol", session.protocol().name());
    facts.put("tidegate.connection", session.connectionId());
    facts.put("tidegate.app", who.app().value());
    facts.put("tidegate.key", who.key());
    String error = null;
    if (failure != null) {
      RefusedException refused = RefusedException.of(failure);
      int code = refused.refusal().code();
      facts.put("tidegate.refusal", code);
      error = refused.refusal().httpStatus() >= SERVER_ERROR ? Integer.toString(code) : null;
    }
    trace.end("publish", facts, error);
  }
}
