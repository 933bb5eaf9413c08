package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.trace.Traces;
import jakarta.inject.Singleton;

/** Whether traces arrive. */
@Singleton
final class TraceMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final Traces traces;

  TraceMetrics(Meters meters, Traces traces) {
    this.meters = meters;
    this.traces = traces;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.counter("tidegate.spans", "Spans made", traces::spans);
    meters.counter("tidegate.spans.exported", "Spans the collector took", traces::exported);
  }
}
