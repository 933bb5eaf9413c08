package io.tidegate.webhook.store;

import io.tidegate.channel.ChannelName;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.MemoryDeliveryQueue;
import io.tidegate.webhook.MemoryWebhooks;
import io.tidegate.webhook.Webhook;
import java.net.URI;

class MemoryDeliveryQueueTest extends DeliveryQueueContract {
  private final MemoryDeliveryQueue queue = new MemoryDeliveryQueue();
  private final MemoryWebhooks webhooks = new MemoryWebhooks();

  @Override
  DeliveryQueue queue() {
    return queue;
  }

  @Override
  Leases leases() {
    return queue;
  }

  @Override
  Webhook newWebhook() {
    return webhooks.add(URI.create("https://a.example"), 1);
  }

  @Override
  void add(Webhook to, String channel, String data) {
    queue.add(to, new ChannelName(channel), data);
  }

  @Override
  void timeIsUp(Webhook of) {
    queue.timeIsUp(of);
  }
}
