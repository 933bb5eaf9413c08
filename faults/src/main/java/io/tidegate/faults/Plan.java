package io.tidegate.faults;

import io.tidegate.faults.check.Tolerance;
import io.tidegate.faults.fault.Fault;

/**
 * How much is done in one run.
 *
 * @param publishes messages at least
 * @param warmSeconds of load before anything happens, at least
 * @param agreeSeconds from the last reconnect of a client's own until all agree on who is there
 * @param time factor of how long things stay broken
 * @param tolerance how near to its rate the limited tenant is to be kept
 */
public record Plan(
    int publishes, int warmSeconds, int agreeSeconds, Fault.Time time, Tolerance tolerance) {
  /** What the report is made of. */
  public static final Plan WHOLE = new Plan(20_000, 4, 32, new Fault.Time(1), Tolerance.STRICT);

  /** For every build, on machines that are busy. */
  public static final Plan SHORT = new Plan(2_500, 2, 20, new Fault.Time(0.4), Tolerance.BUSY);

  /** The same, with another number of messages. */
  Plan publishing(int messages) {
    return new Plan(messages, warmSeconds, agreeSeconds, time, tolerance);
  }
}
