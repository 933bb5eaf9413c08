package io.tidegate.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How a webhook is spoken to: another protocol brings its own body and headers. */
public interface WebhookFormat {
  /**
   * What is sent.
   *
   * @param headers those that the format has to say; not those of the connection
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Call(Map<String, String> headers, byte[] body) {}

  /**
   * A call that brings these, signed for this time; called anew for each attempt.
   *
   * @param deliveries at least one and {@link Webhook#maxEvents} at most
   */
  Call of(Webhook webhook, List<Delivery> deliveries, Instant now);
}
