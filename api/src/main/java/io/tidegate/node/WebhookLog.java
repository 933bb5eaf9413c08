package io.tidegate.node;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.Leases.Lease;
import io.tidegate.webhook.deliver.AttemptListener;
import io.tidegate.webhook.deliver.Dispatch;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who listens to an app's log of each call that its webhooks make. */
@Singleton
final class WebhookLog implements AttemptListener, ApplicationEventListener<ServerStartupEvent> {
  private final MetaLog log;
  private final @Nullable Dispatch dispatch;

  /**
   * @param dispatch null where nothing can make calls
   */
  WebhookLog(MetaLog log, @Nullable Dispatch dispatch) {
    this.log = log;
    this.dispatch = dispatch;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    if (dispatch != null) {
      dispatch.listen(this);
    }
  }

  @Override
  public void attempted(Lease lease, List<Delivery> deliveries, Attempt attempt) {
    if (log.isHeard() && log.wants(lease.app())) {
      log.tell(lease.app(), event(lease, deliveries, attempt));
    }
  }

  /** Not what was sent nor what was answered: both are bodies, and may hold anything. */
  private static LogEvent event(Lease lease, List<Delivery> deliveries, Attempt attempt) {
    Delivery first = deliveries.getFirst();
    return new LogEvent("webhook.attempted")
        .with("webhookId", lease.webhook())
        .with("deliveryId", first.id())
        .with("event", first.type())
        .with("events", deliveries.size())
        .with("attempt", first.attempts() + 1)
        .with("status", attempt.status())
        .with("error", attempt.error())
        .with("latencyMs", attempt.latencyMillis());
  }
}
