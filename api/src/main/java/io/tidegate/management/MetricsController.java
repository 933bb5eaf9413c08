package io.tidegate.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;

/** {@code GET /metrics}: Prometheus text exposition format 0.0.4. */
@Endpoint(id = "metrics", defaultEnabled = true, defaultSensitive = false)
class MetricsController {
  private final PrometheusMeterRegistry registry;

  MetricsController(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Read(produces = "text/plain; version=0.0.4; charset=utf-8")
  String scrape() {
    return registry.scrape();
  }
}
