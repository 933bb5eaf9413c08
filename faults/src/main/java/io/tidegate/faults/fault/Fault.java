package io.tidegate.faults.fault;

import io.tidegate.faults.check.Allowed;
import io.tidegate.faults.world.Cluster;
import java.util.Random;

/**
 * Something that happens to a cluster under load.
 *
 * @param name on the command line and in the report
 * @param what in a sentence
 * @param allowed what it takes away by itself
 * @param everywhere one of so many units is published through all nodes at once
 * @param blow does it
 */
public record Fault(String name, String what, Allowed allowed, int everywhere, Blow blow) {
  private static final int SOMETIMES = 50;

  Fault(String name, String what, Allowed allowed, Blow blow) {
    this(name, what, allowed, SOMETIMES, blow);
  }

  /** Carries a fault out; when it returns, whatever was broken is whole again. */
  @FunctionalInterface
  public interface Blow {
    /**
     * Does it; may throw when it could not.
     *
     * @param time how long things stay broken, 1 for as long as it says
     */
    void strike(Cluster cluster, Random random, Time time) throws Exception;
  }

  /** A factor of all durations. */
  public record Time(double scale) {
    void pass(double seconds) throws InterruptedException {
      Thread.sleep((long) (seconds * scale * 1000));
    }
  }
}
