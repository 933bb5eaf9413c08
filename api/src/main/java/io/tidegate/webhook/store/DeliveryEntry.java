package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery as the control plane sees it: without what it brings. */
@MappedEntity("webhook_deliveries")
public record DeliveryEntry(
    @Id UUID id,
    UUID webhookId,
    long position,
    UUID eventId,
    String type,
    @Nullable String channel,
    Instant happenedAt,
    String state,
    int attempts,
    Instant nextAttemptAt,
    Instant giveUpAt,
    @Nullable Instant finishedAt) {
  public boolean isPending() {
    return finishedAt == null;
  }
}
