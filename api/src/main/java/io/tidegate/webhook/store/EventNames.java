package io.tidegate.webhook.store;

import io.tidegate.json.StrictJson;
import io.tidegate.webhook.EventType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The types that a webhook wants, as a JSON array of names in the contract's order. */
final class EventNames {
  private EventNames() {}

  static String text(Collection<EventType> types) {
    return StrictJson.write(EnumSet.copyOf(types).stream().map(EventType::wireName).toList());
  }

  static List<String> parse(String json) {
    return StrictJson.parse(json) instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Those that this program knows. */
  static Set<EventType> types(String json) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : parse(json)) {
      EventType type = EventType.ofWireName(name);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }
}
