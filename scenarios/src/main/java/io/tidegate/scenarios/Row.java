package io.tidegate.scenarios;

import java.util.List;
import java.util.Locale;

/**
 * What came of one scenario with one SDK.
 *
 * @param weight messages or changes there were to judge
 * @param violations broken promises
 */
public record Row(
    String scenario, String sdk, double seconds, int weight, List<String> violations) {
  /** Whether every promise was kept, and there was something to promise. */
  public boolean good() {
    return violations.isEmpty() && weight > 0;
  }

  @Override
  public String toString() {
    String said = good() ? "kept" : violations.size() + " BROKEN" + told();
    return String.format(
        Locale.ROOT, "%-22s %-4s %5.1f s %6d events  %s", scenario, sdk, seconds, weight, said);
  }

  /** The first ones: one cause may have hundreds of them. */
  private String told() {
    StringBuilder text = new StringBuilder();
    violations.stream().limit(5).forEach(one -> text.append("\n    ").append(one));
    return text.toString();
  }
}
