package io.tidegate.scenarios.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is tested. */
public enum Sdk {
  /** sdk-java. */
  JAVA,
  /** sdk-js, in Node. */
  JS;

  private static final String JS_DRIVER = "scenarios.js.driver";

  /** As reports call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one called so. */
  public static Sdk named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Its driver. */
  List<String> command() {
    return switch (this) {
      case JAVA ->
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx192m",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              "io.tidegate.scenarios.driver.JavaDriver");
      case JS ->
          List.of("node", System.getProperty(JS_DRIVER, "../sdk-js/test/scenarios/driver.mjs"));
    };
  }
}
