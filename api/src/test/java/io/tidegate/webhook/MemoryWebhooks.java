package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.send.SigningSecret;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Webhooks that a restart forgets: for tests. */
public final class MemoryWebhooks implements Webhooks {
  private final Map<UUID, Webhook> all = new ConcurrentHashMap<>();
  private final AtomicLong lastApp = new AtomicLong(100);

  @Override
  public List<Webhook> of(AppId app) {
    return all.values().stream().filter(one -> one.app().equals(app)).toList();
  }

  /** One of a tenant and an app of its own, that wants everything. */
  public Webhook add(URI url, int maxEvents) {
    Webhook webhook =
        new Webhook(
            UUID.randomUUID(),
            new TenantId(UUID.randomUUID()),
            new AppId(Long.toString(lastApp.incrementAndGet())),
            url,
            EnumSet.allOf(EventType.class),
            new ChannelPattern("*"),
            maxEvents,
            true,
            List.of(
                new WebhookSecret(
                    new SigningSecret("tgw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"), null)));
    all.put(webhook.id(), webhook);
    return webhook;
  }

  public void put(Webhook webhook) {
    all.put(webhook.id(), webhook);
  }
}
