package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.webhook.source.WindowHerald;
import jakarta.inject.Singleton;

/** What webhooks are told of messages in windows. */
@Singleton
final class PublishedMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final WindowHerald herald;

  PublishedMetrics(Meters meters, WindowHerald herald) {
    this.meters = meters;
    this.herald = herald;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    meters.gauge(
        "tidegate.webhook.messages.waiting",
        "Messages of windows not queued for webhooks yet",
        herald::waiting);
    meters.counter(
        "tidegate.webhook.messages",
        "Messages of windows queued for webhooks",
        herald.figures()::messages);
    meters.counter(
        "tidegate.webhook.messages.postponed",
        "Publishes answered before that",
        herald.figures()::postponed);
    meters.counter(
        "tidegate.webhook.messages.missed",
        "Messages that were gone before that",
        herald.figures()::missed);
  }
}
