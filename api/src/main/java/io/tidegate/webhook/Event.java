package io.tidegate.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.channel.AppId;
import io.tidegate.json.StrictJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in an app.
 *
 * @param id what receivers tell repetitions by; UUIDv7
 * @param at null: when it is queued, by the database's clock
 * @param data a JSON object's text
 */
public record Event(
    UUID id, AppId app, EventType type, Subject subject, @Nullable Instant at, String data) {

  /** One with an id of its own; a channel's name leads its data. */
  public static Event of(
      AppId app, EventType type, Subject subject, @Nullable Instant at, Map<String, ?> data) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (subject.channel() != null) {
      all.put("channel", subject.channel());
    }
    all.putAll(data);
    return new Event(
        UuidCreator.getTimeOrderedEpoch(), app, type, subject, at, StrictJson.write(all));
  }
}
