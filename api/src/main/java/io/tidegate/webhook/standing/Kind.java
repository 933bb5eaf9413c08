package io.tidegate.webhook.standing;

import io.tidegate.webhook.EventType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can stand, and what its beginning, change and end are called. */
public enum Kind {
  CHANNEL(EventType.CHANNEL_OCCUPIED, null, EventType.CHANNEL_VACATED),
  MEMBER(EventType.MEMBER_ADDED, EventType.MEMBER_UPDATED, EventType.MEMBER_REMOVED),
  CONNECTION(EventType.CONNECTION_OPENED, null, EventType.CONNECTION_CLOSED);

  private final EventType begun;
  private final @Nullable EventType changed;
  private final EventType ended;
  private final Set<EventType> types;

  Kind(EventType begun, @Nullable EventType changed, EventType ended) {
    this.begun = begun;
    this.changed = changed;
    this.ended = ended;
    this.types = changed == null ? EnumSet.of(begun, ended) : EnumSet.of(begun, changed, ended);
  }

  public EventType begun() {
    return begun;
  }

  /** Null: nobody is told of other data. */
  public @Nullable EventType changed() {
    return changed;
  }

  public EventType ended() {
    return ended;
  }

  boolean isAmong(Collection<EventType> wanted) {
    return types.stream().anyMatch(wanted::contains);
  }

  /** As the store writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Kind ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
