package io.tidegate.bench.gateway;

import java.util.List;
import java.util.Map;

/**
 * One namespace of the run's app, for channels {@code name:*}.
 *
 * @param durability {@code none}, {@code window} or {@code durable}
 * @param windowMessages kept by class window
 * @param windowSeconds for so long at most
 */
public record NamespaceRules(
    String name, String durability, int windowMessages, int windowSeconds) {
  private static final int DEFAULT_SECONDS = 120;

  /** One namespace for each class; the window is wide enough for a reconnect. */
  public static final List<NamespaceRules> EVERY_CLASS =
      List.of(
          new NamespaceRules("none", "none", 1_000),
          new NamespaceRules("window", "window", 10_000),
          new NamespaceRules("durable", "durable", 1_000));

  /** With a window of the usual length. */
  public NamespaceRules(String name, String durability, int windowMessages) {
    this(name, durability, windowMessages, DEFAULT_SECONDS);
  }

  /** Body of the PUT. */
  Map<String, ?> body() {
    return Map.of(
        "pattern",
        name + ":*",
        "durability",
        durability,
        "window",
        Map.of("messages", windowMessages, "seconds", windowSeconds));
  }
}
