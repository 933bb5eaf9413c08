package io.tidegate.bench;

import io.tidegate.bench.scenario.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code --name value} pairs. */
public final class CommandLine {
  private CommandLine() {}

  /** All of them, in the order given. */
  public static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!name.startsWith("--") || i + 1 == arguments.size()) {
        throw new IllegalArgumentException("wanted --option value, found " + name);
      }
      options.put(name.substring(2), arguments.get(i + 1));
    }
    return options;
  }

  /** Those of {@code options} that one of the lists names: a set's scenarios differ in theirs. */
  static Map<String, String> known(
      Map<String, String> options, List<Setting> own, List<Setting> common) {
    Map<String, String> known = new LinkedHashMap<>(options);
    known
        .keySet()
        .removeIf(
            name ->
                Stream.concat(own.stream(), common.stream()).noneMatch(s -> s.name().equals(name)));
    return known;
  }

  /** Removes what {@code settings} names and returns it. */
  static Map<String, String> take(Map<String, String> options, List<Setting> settings) {
    Map<String, String> taken = new LinkedHashMap<>();
    for (Setting setting : settings) {
      String value = options.remove(setting.name());
      if (value != null) {
        taken.put(setting.name(), value);
      }
    }
    return taken;
  }
}
