package io.tidegate.scenarios.stage;

import java.nio.file.Path;
import java.util.List;

/** What is tested. */
public enum Sdk {
  /** sdk-java. */
  JAVA,
  /** sdk-js, in Node. */
  JS;

  private static final String JS_DRIVER = "scenarios.js.driver";

  /** As reports call it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The other one. */
  public Sdk other() {
    return this == JAVA ? JS : JAVA;
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
