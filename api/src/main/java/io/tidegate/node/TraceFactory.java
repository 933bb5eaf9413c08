package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.tidegate.otlp.OtlpTraces;
import io.tidegate.settings.Otlp;
import io.tidegate.settings.Settings;
import io.tidegate.trace.Traces;
import jakarta.inject.Singleton;

/** Traces, when there is somewhere to send them. */
@Factory
final class TraceFactory {
  /** Closed with the context, so behind the drain: what is under way then has ended. */
  @Singleton
  @Bean(preDestroy = "close")
  Traces traces(Settings settings, NodeName node) {
    Otlp otlp = settings.otlp();
    return otlp == null ? Traces.OFF : OtlpTraces.open(otlp, node.value(), Node.version());
  }
}
