package io.tidegate.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one scenario found.
 *
 * @param scenario its name
 * @param purpose its one line
 * @param settings it ran with
 * @param figures measured
 * @param faults broken promises, in words; empty is good
 * @param notes things to know beside the figures
 */
public record Result(
    String scenario,
    String purpose,
    Map<String, String> settings,
    List<Figure> figures,
    List<String> faults,
    List<String> notes) {
  /** Nothing broken, every goal kept. */
  public boolean good() {
    return faults.isEmpty() && figures.stream().allMatch(Figure::kept);
  }

  /** This result and that of the same scenario on another gateway, as rounds of one. */
  public Result with(Result again) {
    Figures both = new Figures();
    figures.forEach(both::add);
    again.figures.forEach(both::add);
    return new Result(
        scenario,
        purpose,
        settings,
        both.toList(),
        Stream.concat(faults.stream(), again.faults.stream()).toList(),
        Stream.concat(notes.stream(), again.notes.stream()).distinct().toList());
  }
}
