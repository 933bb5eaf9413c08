package io.tidegate.webhook.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call that was made. */
@MappedEntity("webhook_attempts")
@SuppressWarnings("ArrayRecordComponent") // rows are not compared
public record AttemptEntry(
    @Id int number,
    Instant at,
    @Nullable Integer status,
    int latencyMs,
    byte[] answer,
    @Nullable String error) {
  /** What of it is text, with U+FFFD for what is none; null when there was no answer. */
  public @Nullable String answerText() {
    return status == null ? null : new String(answer, StandardCharsets.UTF_8);
  }
}
