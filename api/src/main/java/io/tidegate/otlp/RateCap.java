package io.tidegate.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What samplers say yes to, up to a number per second. A client's {@code traceparent} may ask for
 * every request to be traced; without a cap one tenant could make the node spend itself on spans.
 */
final class RateCap {
  /**
   * With three or four spans each, about what leaves in two batches; far below what a node does.
   */
  static final int TRACES_PER_SECOND = 500;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // Guarded by this.
  private long since = System.nanoTime();
  private int begun;

  Sampler of(Sampler sampler) {
    return new Capped(sampler);
  }

  private synchronized boolean hasRoom() {
    long now = System.nanoTime();
    if (now - since >= SECOND) {
      since = now;
      begun = 0;
    }
    return begun++ < TRACES_PER_SECOND;
  }

  private final class Capped implements Sampler {
    private final Sampler sampler;

    Capped(Sampler sampler) {
      this.sampler = sampler;
    }

    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      SamplingResult wanted = sampler.shouldSample(parent, traceId, name, kind, attributes, links);
      return wanted.getDecision() == SamplingDecision.DROP || hasRoom()
          ? wanted
          : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
      return sampler.getDescription() + ", at most " + TRACES_PER_SECOND + "/s";
    }
  }
}
