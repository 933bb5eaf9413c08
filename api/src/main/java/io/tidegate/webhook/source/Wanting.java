package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;

/** Who wants to hear of the messages of a channel. One look into a map for an app with nobody. */
final class Wanting {
  private final Webhooks webhooks;

  Wanting(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * @throws io.tidegate.problem.RefusedException STORE_UNAVAILABLE when nobody can say
   */
  boolean isWanted(ChannelId channel) {
    List<Webhook> all = webhooks.of(channel.app());
    if (all.isEmpty() || channel.name().isMeta()) {
      return false;
    }
    return !among(all, channel).isEmpty();
  }

  /** Those who do. */
  List<Webhook> of(ChannelId channel) {
    return among(webhooks.of(channel.app()), channel);
  }

  private static List<Webhook> among(List<Webhook> all, ChannelId channel) {
    Subject subject = Subject.of(channel.name());
    List<Webhook> found = new ArrayList<>();
    for (Webhook one : all) {
      if (one.wants(EventType.MESSAGE_PUBLISHED, subject)) {
        found.add(one);
      }
    }
    return found;
  }
}
