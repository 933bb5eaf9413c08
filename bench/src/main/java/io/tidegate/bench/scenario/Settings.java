package io.tidegate.bench.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The choices of one run: what was given, else the default. */
public final class Settings {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Takes what is given; refuses what {@code known} does not name. */
  public Settings(List<Setting> known, Map<String, String> given) {
    known.forEach(setting -> values.put(setting.name(), setting.value()));
    given.forEach(
        (name, value) -> {
          if (values.replace(name, value) == null) {
            throw new IllegalArgumentException("unknown option --" + name);
          }
        });
  }

  /** A text. */
  public String text(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** A whole number, not negative. */
  public int number(String name) {
    try {
      int value = Integer.parseInt(text(name));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("--" + name + " wants a whole number: " + text(name));
  }

  /** A time given in seconds. */
  public Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  /** All of these, in order. */
  public Map<String, String> all() {
    return values;
  }
}
