package io.tidegate.bench.report;

import io.tidegate.bench.report.Figure.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers figures round by round, in the order in which they first come. */
public final class Figures {
  private record Key(String group, String name, String unit) {}

  private final Map<Key, List<Double>> rounds = new LinkedHashMap<>();
  private final Map<Key, Goal> goals = new LinkedHashMap<>();

  /** One round's value. */
  public void add(String group, String name, String unit, double value) {
    rounds.computeIfAbsent(new Key(group, name, unit), k -> new ArrayList<>()).add(value);
  }

  /** One round's value of a figure that has a goal. */
  public void add(String group, String name, String unit, double value, Goal goal) {
    add(group, name, unit, value);
    goals.put(new Key(group, name, unit), goal);
  }

  /** All rounds of a figure of another run. */
  void add(Figure figure) {
    figure.rounds().forEach(value -> add(figure.group(), figure.name(), figure.unit(), value));
    figure
        .goal()
        .ifPresent(goal -> goals.put(new Key(figure.group(), figure.name(), figure.unit()), goal));
  }

  /** All of them. */
  public List<Figure> toList() {
    List<Figure> all = new ArrayList<>();
    rounds.forEach(
        (key, values) ->
            all.add(
                new Figure(
                    key.group(),
                    key.name(),
                    key.unit(),
                    values,
                    Optional.ofNullable(goals.get(key)))));
    return all;
  }
}
