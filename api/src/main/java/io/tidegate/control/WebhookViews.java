package io.tidegate.control;

import io.tidegate.json.StrictJson;
import io.tidegate.webhook.store.AttemptEntry;
import io.tidegate.webhook.store.DeliveryEntry;
import io.tidegate.webhook.store.JdbcDeliveries;
import io.tidegate.webhook.store.WebhookEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks and their deliveries as the contract shows them. */
final class WebhookViews {
  private WebhookViews() {}

  static Map<String, @Nullable Object> of(WebhookEntry webhook) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", webhook.id());
    view.put("appId", webhook.app());
    view.put("name", webhook.name());
    view.put("url", webhook.url());
    view.put("events", webhook.eventNames());
    view.put("pattern", webhook.pattern());
    view.put("batch", Map.of("maxEvents", webhook.batchEvents()));
    view.put("enabled", webhook.enabled());
    view.put("previousSecretExpiresAt", Times.text(webhook.previousSecretExpiresAt()));
    view.put("createdAt", Times.text(webhook.createdAt()));
    view.put("updatedAt", Times.text(webhook.updatedAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(DeliveryEntry delivery) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", delivery.id());
    view.put("webhookId", delivery.webhookId());
    view.put("eventId", delivery.eventId());
    view.put("type", delivery.type());
    view.put("channel", delivery.channel());
    view.put("time", Times.text(delivery.happenedAt()));
    view.put("state", delivery.state());
    view.put("attempts", delivery.attempts());
    view.put("nextAttemptAt", delivery.isPending() ? Times.text(delivery.nextAttemptAt()) : null);
    view.put("giveUpAt", Times.text(delivery.giveUpAt()));
    view.put("finishedAt", Times.text(delivery.finishedAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(JdbcDeliveries.Detail detail) {
    Map<String, @Nullable Object> view = of(detail.delivery());
    view.put("data", StrictJson.parse(detail.data()));
    view.put("attemptLog", detail.attempts().stream().map(WebhookViews::of).toList());
    return view;
  }

  private static Map<String, @Nullable Object> of(AttemptEntry attempt) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("number", attempt.number());
    view.put("at", Times.text(attempt.at()));
    view.put("status", attempt.status());
    view.put("latencyMs", attempt.latencyMs());
    view.put("answer", attempt.answerText());
    view.put("error", attempt.error());
    return view;
  }
}
