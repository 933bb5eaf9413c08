package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.webhook.deliver.Dispatch;
import io.tidegate.webhook.deliver.Figures;
import io.tidegate.webhook.deliver.GuardedOutbound;
import io.tidegate.webhook.deliver.Unanswered;
import io.tidegate.webhook.store.JdbcDeliveryUpkeep;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;

/** What this node sends to webhooks. */
@Singleton
final class WebhookMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final Dispatch dispatch;
  private final GuardedOutbound outbound;
  private final JdbcDeliveryUpkeep upkeep;

  WebhookMetrics(
      Meters meters, Dispatch dispatch, GuardedOutbound outbound, JdbcDeliveryUpkeep upkeep) {
    this.meters = meters;
    this.dispatch = dispatch;
    this.outbound = outbound;
    this.upkeep = upkeep;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge("tidegate.webhook.active", "Webhooks this node sends to", of(Dispatch::active));
    meters.gauge("tidegate.webhook.shut", "Targets that are left alone", of(Dispatch::shut));
    meters.gauge(
        "tidegate.webhook.waiting.seconds", "Of what waits longest", upkeep::waitingSeconds);
    calls("taken", Figures::taken);
    calls("refused", Figures::refused);
    calls("unanswered", Figures::unanswered);
    Unanswered.whys().forEach(this::unanswered);
    meters.counter("tidegate.webhook.events", "Events delivered", figure(Figures::events));
    meters.counter("tidegate.webhook.dead", "Deliveries given up", figure(Figures::dead));
  }

  private void calls(String outcome, ToLongFunction<Figures> reading) {
    meters.counter("tidegate.webhook.calls", "Calls made", figure(reading), "outcome", outcome);
  }

  private void unanswered(String why) {
    meters.counter(
        "tidegate.webhook.unanswered",
        "Calls without an answer",
        () -> outbound.unanswered().of(why),
        "why",
        why);
  }

  private Meters.Reading figure(ToLongFunction<Figures> reading) {
    return of(one -> reading.applyAsLong(one.figures()));
  }

  private Meters.Reading of(ToLongFunction<Dispatch> reading) {
    return () -> reading.applyAsLong(dispatch);
  }
}
