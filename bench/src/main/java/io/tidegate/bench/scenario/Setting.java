package io.tidegate.bench.scenario;

/**
 * One choice.
 *
 * @param name given as {@code --name value}
 * @param value when not given
 * @param help what it is, with its unit
 */
public record Setting(String name, String value, String help) {}
