package io.tidegate.faults.check;

/**
 * How near to its rate a limited tenant is to be kept.
 *
 * @param least what it is let in while all is calm, of what it is due
 * @param most what it is let in at any time, of its rate
 */
public record Tolerance(double least, double most) {
  /** As it is promised. */
  public static final Tolerance STRICT = new Tolerance(0.8, 1);

  /** On a machine so busy that a node takes Redis for away now and then, and has its part alone. */
  public static final Tolerance BUSY = new Tolerance(0.5, 4 / 3.0);
}
