package io.tidegate.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The environment, read strictly: what is set is right or stops the start. */
record Variables(Map<String, String> environment) {
  private static final int MAX_PORT = 65_535;

  /** The value, null when unset or empty. */
  @Nullable String get(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  String get(String name, String otherwise) {
    String value = get(name);
    return value == null ? otherwise : value;
  }

  /** The value, or the content of the file that {@code NAME_FILE} names. */
  @Nullable String secret(String name) {
    String value = get(name);
    String file = get(name + "_FILE");
    if (file == null) {
      return value;
    }
    if (value != null) {
      throw new SettingsException(name + " and " + name + "_FILE are both set: unset one");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | RuntimeException e) {
      throw new SettingsException(name + "_FILE: cannot read " + file);
    }
  }

  int port(String name, int otherwise) {
    String value = get(name);
    if (value == null) {
      return otherwise;
    }
    int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : -1;
    if (port < 0 || port > MAX_PORT) {
      String hint =
          value.startsWith("tcp://")
              ? "; Kubernetes sets it for a Service of that name: enableServiceLinks: false"
              : "";
      throw new SettingsException(name + " is not a port from 0 to 65535" + hint);
    }
    return port;
  }

  /** A whole number from 0 to {@code most}. */
  int number(String name, int otherwise, int most) {
    return number(name, otherwise, 0, most);
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(String name, int otherwise, int least, int most) {
    String value = get(name);
    if (value == null) {
      return otherwise;
    }
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw new SettingsException(name + " is not a number from " + least + " to " + most);
    }
    return number;
  }

  boolean flag(String name, boolean otherwise) {
    String value = get(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new SettingsException(name + " is neither true nor false");
    };
  }

  String checked(String name, String otherwise, Predicate<String> good, String rule) {
    String value = get(name, otherwise);
    if (!good.test(value)) {
      throw new SettingsException(name + " " + rule);
    }
    return value;
  }
}
