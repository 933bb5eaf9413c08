package io.tidegate.tenant;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's limits; one that is not in the map is unlimited. */
public record Limits(Map<Limit, Long> values) {
  public static final Limits INITIAL = initial();

  public Limits {
    values = Map.copyOf(values);
  }

  /** Null is unlimited. */
  public @Nullable Long get(Limit limit) {
    return values.get(limit);
  }

  /** These limits with some changed; a value of null lifts one. */
  public Limits with(Map<Limit, @Nullable Long> changes) {
    Map<Limit, Long> changed = new EnumMap<>(Limit.class);
    changed.putAll(values);
    changes.forEach(
        (limit, value) -> {
          if (value == null) {
            changed.remove(limit);
          } else {
            changed.put(limit, value);
          }
        });
    return new Limits(changed);
  }

  /** All of them by wire name, null for unlimited: as the contract and the database have them. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (Limit limit : Limit.values()) {
      json.put(limit.wireName(), get(limit));
    }
    return json;
  }

  /**
   * The limits that {@link #toJson} wrote; one added to the program since has its initial value.
   */
  public static Limits ofJson(Map<String, Object> json) {
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      Object value =
          json.containsKey(limit.wireName()) ? json.get(limit.wireName()) : limit.initial();
      if (value instanceof Number number) {
        values.put(limit, number.longValue());
      }
    }
    return new Limits(values);
  }

  private static Limits initial() {
    return ofJson(Map.of());
  }
}
