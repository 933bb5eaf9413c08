package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookFormat;
import io.tidegate.webhook.send.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The gateway's own: {@code {id, type, app, time, data}}, {@code time} in ms since 1970. A webhook
 * that takes several events in a call always gets an array of them, so that it reads one shape.
 */
public final class NativeFormat implements WebhookFormat {
  @Override
  public Call of(Webhook webhook, List<Delivery> deliveries, Instant now) {
    String text =
        webhook.maxEvents() == 1
            ? envelope(webhook, deliveries.getFirst())
            : deliveries.stream()
                .map(one -> envelope(webhook, one))
                .collect(Collectors.joining(",", "[", "]"));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Tidegate-Webhook", webhook.id().toString());
    headers.put(Signer.HEADER, Signer.sign(now, body, webhook.secretsAt(now)));
    return new Call(headers, body);
  }

  /** None of what is put in needs escaping; the data is JSON. */
  private static String envelope(Webhook webhook, Delivery one) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"app\":\"%s\",\"time\":%d,\"data\":"
            .formatted(one.eventId(), one.type(), webhook.app(), one.at().toEpochMilli())
        + one.data()
        + "}";
  }
}
