package io.tidegate.otlp;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.tidegate.trace.Trace;
import io.tidegate.trace.UnitTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's span, open until it is answered. */
final class OtlpTrace implements Trace {
  private final OtlpTraces traces;
  private final Span span;
  private final TraceClock clock;

  OtlpTrace(OtlpTraces traces, Span span, TraceClock clock) {
    this.traces = traces;
    this.span = span;
    this.clock = clock;
  }

  @Override
  public String id() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public String traceparent() {
    return Traceparent.write(span.getSpanContext());
  }

  @Override
  public UnitTrace unit(String durability, int messages) {
    return new OtlpUnitTrace(traces, span, clock, durability, messages);
  }

  @Override
  public void end(String name, Map<String, ?> facts, @Nullable String error) {
    if (!span.isRecording()) {
      return;
    }
    span.updateName(name);
    facts.forEach(
        (fact, value) -> {
          if (value instanceof Number number) {
            span.setAttribute(fact, number.longValue());
          } else {
            span.setAttribute(fact, value.toString());
          }
        });
    if (error != null) {
      fail(span, error);
    }
    traces.finish(span, clock.now());
  }

  static void fail(Span span, String error) {
    span.setStatus(StatusCode.ERROR).setAttribute("error.type", error);
  }
}
