package io.tidegate.bench.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The choices of one run: what was given, else the default. */
public final class Settings {
  private final Map<String, String> values = new LinkedHashMap<>();

  private final Map<String, String> shown = new LinkedHashMap<>();

  /**
   * Takes what is given; refuses what is not known.
   *
   * @param own choices of the scenario
   * @param common choices of all scenarios
   */
  public Settings(List<Setting> own, List<Setting> common, Map<String, String> given) {
    own.forEach(setting -> values.put(setting.name(), setting.value()));
    common.forEach(setting -> values.put(setting.name(), setting.value()));
    given.forEach(
        (name, value) -> {
          if (values.replace(name, value) == null) {
            throw new IllegalArgumentException("unknown option --" + name);
          }
        });
    own.forEach(setting -> shown.put(setting.name(), text(setting.name())));
    given.forEach(shown::put);
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

  /** What a report shows: the scenario's own, and of the others what was given. */
  public Map<String, String> shown() {
    return shown;
  }
}
