package io.tidegate.faults;

import io.tidegate.faults.fault.Fault;

/**
 * How much is done in one run.
 *
 * @param publishes messages at least
 * @param warmSeconds of load before anything happens, at least
 * @param settleSeconds from the last reconnect of a client's own to the last look at its members
 * @param time factor of how long things stay broken
 */
public record Plan(int publishes, int warmSeconds, int settleSeconds, Fault.Time time) {
  /** What the report is made of. */
  public static final Plan WHOLE = new Plan(20_000, 5, 32, new Fault.Time(1));

  /** For every build. */
  public static final Plan SHORT = new Plan(2_500, 2, 20, new Fault.Time(0.4));
}
