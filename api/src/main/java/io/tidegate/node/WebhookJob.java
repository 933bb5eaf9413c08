package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.limit.Quotas;
import io.tidegate.problem.RefusedException;
import io.tidegate.usage.Meters;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Webhooks;
import io.tidegate.webhook.deliver.Dispatch;
import io.tidegate.webhook.deliver.GuardedOutbound;
import io.tidegate.webhook.deliver.NativeFormat;
import io.tidegate.webhook.deliver.Pace;
import io.tidegate.webhook.deliver.TenantToll;
import io.tidegate.webhook.send.GuardedSender;
import io.tidegate.webhook.store.JdbcDeliveryUpkeep;
import io.tidegate.webhook.store.JdbcWebhookEvents;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what webhooks are to be told, from the start of the server on; and keeps their queue tidy.
 */
@Singleton
class WebhookJob {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookJob.class);

  private final JdbcDeliveryUpkeep upkeep;
  private final JdbcWebhookEvents events;
  private final Dispatch dispatch;

  WebhookJob(JdbcDeliveryUpkeep upkeep, JdbcWebhookEvents events, Dispatch dispatch) {
    this.upkeep = upkeep;
    this.events = events;
    this.dispatch = dispatch;
  }

  @EventListener
  void onStartup(ServerStartupEvent started) {
    events.listen(dispatch::wake);
    dispatch.start();
  }

  @Scheduled(fixedDelay = "1m", initialDelay = "1m")
  void tidy() {
    try {
      upkeep.run();
    } catch (RefusedException e) {
      LOG.info("the webhooks' queue is tidied later: {}", e.detail());
    }
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    GuardedOutbound outbound(GuardedSender sender) {
      return new GuardedOutbound(sender);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Dispatch dispatch(
        NodeName node,
        Webhooks webhooks,
        DeliveryQueue queue,
        Leases leases,
        GuardedOutbound outbound,
        Quotas quotas,
        Meters meters,
        InstantSource clock) {
      return new Dispatch(
          node.value(),
          new Dispatch.Stores(webhooks, queue, leases),
          new Dispatch.Parts(outbound, new NativeFormat(), new TenantToll(quotas, meters)),
          Pace.STANDARD,
          clock);
    }
  }
}
