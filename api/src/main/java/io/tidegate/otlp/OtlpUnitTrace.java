package io.tidegate.otlp;

import io.opentelemetry.api.trace.Span;
import io.tidegate.trace.UnitTrace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The spans {@code commit}, from being given to the store, and {@code fan-out} behind it. Each is
 * made when it is over, so that one that never is leaves nothing behind.
 */
final class OtlpUnitTrace implements UnitTrace {
  private final AtomicReference<Step> step = new AtomicReference<>(Step.WAITING);
  private final OtlpTraces traces;
  private final Span request;
  private final TraceClock clock;
  private final String durability;
  private final int messages;
  private final long givenNanos;

  /** 0 until then; since 1970. */
  private volatile long takenNanos;

  /** The same. */
  private volatile long committedNanos;

  private enum Step {
    WAITING,
    COMMITTED,
    OVER
  }

  OtlpUnitTrace(
      OtlpTraces traces, Span request, TraceClock clock, String durability, int messages) {
    this.traces = traces;
    this.request = request;
    this.clock = clock;
    this.durability = durability;
    this.messages = messages;
    this.givenNanos = clock.now();
  }

  @Override
  public void taken() {
    if (takenNanos == 0) {
      takenNanos = clock.now();
    }
  }

  @Override
  public void committed(int batch) {
    committedNanos = clock.now();
    if (step.compareAndSet(Step.WAITING, Step.COMMITTED)) {
      traces.finish(commit().setAttribute("tidegate.batch.messages", batch), committedNanos);
    }
  }

  @Override
  public void refused(int code) {
    if (step.compareAndSet(Step.WAITING, Step.OVER)) {
      Span span = commit();
      OtlpTrace.fail(span, Integer.toString(code));
      traces.finish(span, clock.now());
    }
  }

  private Span commit() {
    Span span = traces.part("commit", request, givenNanos);
    span.setAttribute("tidegate.durability", durability);
    span.setAttribute("tidegate.unit.messages", messages);
    if (takenNanos != 0) {
      span.addEvent("taken into a batch", takenNanos, TimeUnit.NANOSECONDS);
    }
    return span;
  }

  @Override
  public void written() {
    if (step.compareAndSet(Step.COMMITTED, Step.OVER)) {
      traces.finish(traces.part("fan-out", request, committedNanos), clock.now());
    }
  }
}
