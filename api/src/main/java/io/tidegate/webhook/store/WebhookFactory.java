package io.tidegate.webhook.store;

import io.micronaut.context.annotation.Factory;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases;
import jakarta.inject.Singleton;

/** The queue and its leases, over the control plane's database. */
@Factory
final class WebhookFactory {
  private final JdbcPatientWork work;

  WebhookFactory(JdbcWork work) {
    this.work = new JdbcPatientWork(work);
  }

  @Singleton
  DeliveryQueue queue() {
    return new JdbcDeliveryQueue(work);
  }

  @Singleton
  Leases leases() {
    return new JdbcLeases(work);
  }
}
