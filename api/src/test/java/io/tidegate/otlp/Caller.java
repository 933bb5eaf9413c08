package io.tidegate.otlp;

import java.util.UUID;

/** A caller's span, which a request names as its parent; of a trace of its own. */
record Caller(String traceId, String spanId) {
  static Caller make() {
    return new Caller(
        UUID.randomUUID().toString().replace("-", ""),
        UUID.randomUUID().toString().substring(19).replace("-", "").substring(0, 16));
  }

  String sampled() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  String unsampled() {
    return "00-" + traceId + "-" + spanId + "-00";
  }
}
