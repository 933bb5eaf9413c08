package io.tidegate.control;

import io.tidegate.channel.ChannelPattern;
import io.tidegate.json.Fields;
import io.tidegate.problem.FieldError;
import io.tidegate.tenant.StoredJson;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.store.JdbcReplays;
import io.tidegate.webhook.store.WebhookChange;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of request bodies that are about webhooks, bounds as in the contract. */
final class WebhookBodies {
  private static final int MAX_EVENTS_IN_A_CALL = 100;
  private static final int MAX_OVERLAP_SECONDS = 604_800;
  private static final int OVERLAP_SECONDS = 86_400;

  private WebhookBodies() {}

  /** Reads all fields; {@link Fields#check} follows. */
  static WebhookChange change(Fields fields, WebhookTargets targets) {
    Fields batch = fields.object("batch");
    return new WebhookChange(
        Bodies.name(fields),
        fields.value("url", targets::of),
        events(fields),
        fields.value("pattern", ChannelPattern::new),
        batch == null || !batch.has("maxEvents")
            ? null
            : (Integer) (int) batch.number("maxEvents", 1, MAX_EVENTS_IN_A_CALL, 1),
        fields.has("enabled") ? (Boolean) fields.flag("enabled", true) : null);
  }

  private static @Nullable Set<EventType> events(Fields fields) {
    List<String> names = fields.texts("events", 1, EventType.values().length);
    if (names == null) {
      return null;
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (int i = 0; i < names.size(); i++) {
      EventType type = EventType.ofWireName(names.get(i));
      if (type == null) {
        fields.fault(FieldError.step("events") + "/" + i, "is no type of event");
      } else {
        types.add(type);
      }
    }
    return types;
  }

  static Duration overlap(byte[] body) {
    Fields fields = Fields.ofBody(body);
    long seconds = fields.number("overlapSeconds", 0, MAX_OVERLAP_SECONDS, OVERLAP_SECONDS);
    fields.check();
    return Duration.ofSeconds(seconds);
  }

  static JdbcReplays.Range range(byte[] body) {
    Fields fields = Fields.ofBody(body);
    Instant from = fields.timeOrNull("from");
    Instant to = fields.timeOrNull("to");
    Delivery.State state =
        fields.oneOf("state", Delivery.State.class, StoredJson::wireName, Delivery.State.DEAD);
    if (state == Delivery.State.PENDING) {
      fields.fault("state", "must be one of delivered, dead");
    }
    fields.check();
    return new JdbcReplays.Range(state, from, to);
  }
}
