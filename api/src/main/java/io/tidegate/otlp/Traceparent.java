package io.tidegate.otlp;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of W3C Trace Context, section 3.2. Its companion {@code tracestate} is not taken over:
 * it is free text of the client's, and would leave with every span.
 */
final class Traceparent {
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final String HEADER = "traceparent";

  /** A version to come may be longer, but not without an end. */
  private static final int MAX_LENGTH = 128;

  private static final TextMapGetter<String> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals(HEADER) ? carrier : null;
        }
      };

  private Traceparent() {}

  static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && Span.fromContext(read(text)).getSpanContext().isValid();
  }

  /** A context with the span it names; an empty one when it is malformed. */
  static Context read(String text) {
    return W3C.extract(Context.root(), text, GETTER);
  }

  static String write(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }
}
