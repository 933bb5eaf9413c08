package io.tidegate.faults.fault;

import io.tidegate.faults.check.Allowed;

/**
 * Something that happens to a cluster under load.
 *
 * @param name on the command line and in the report
 * @param what in a sentence
 * @param allowed what it takes away by itself
 * @param everywhere one of so many units is published through all nodes at once
 * @param begins what the nodes are when it begins
 * @param blow does it
 */
public record Fault(
    String name, String what, Allowed allowed, int everywhere, Begins begins, Blow blow) {
  private static final int SOMETIMES = 50;

  Fault(String name, String what, Allowed allowed, Blow blow) {
    this(name, what, allowed, SOMETIMES, Begins.NOW, blow);
  }

  /** What the nodes of a cluster are when a fault begins. */
  public enum Begins {
    /** The gateway that is judged. */
    NOW,
    /** The version before it, over a database of its own making. */
    BEFORE
  }

  /** Carries a fault out; when it returns, whatever was broken is whole again. */
  @FunctionalInterface
  public interface Blow {
    /** Does it; may throw when it could not. */
    void strike(Stage stage) throws Exception;
  }

  /** A factor of all durations. */
  public record Time(double scale) {
    void pass(double seconds) throws InterruptedException {
      Thread.sleep((long) (seconds * scale * 1000));
    }
  }
}
