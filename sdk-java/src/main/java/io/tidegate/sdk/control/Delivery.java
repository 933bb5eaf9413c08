package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Optional;

/**
 * An event on its way to one webhook.
 *
 * @param eventId the {@code id} of what is sent, the same each time and for each webhook
 * @param time when it happened
 * @param state {@code pending}, {@code delivered} or {@code dead}
 * @param nextAttemptAt not before; empty unless it is pending
 * @param finishedAt when it was delivered or given up
 */
public record Delivery(
    String id,
    String webhookId,
    String eventId,
    String type,
    Optional<String> channel,
    Instant time,
    String state,
    int attempts,
    Optional<Instant> nextAttemptAt,
    Instant giveUpAt,
    Optional<Instant> finishedAt) {}
