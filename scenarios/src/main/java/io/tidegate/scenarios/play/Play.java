package io.tidegate.scenarios.play;

import java.util.List;
import java.util.function.BooleanSupplier;

/** A scenario, played once with one SDK. Its methods are called one after the other. */
public interface Play {
  /** Connects and subscribes; nothing is broken yet. */
  void begin() throws Exception;

  /**
   * What clients do while the cluster is struck; other scenarios are under way at the same time.
   *
   * @param over whether the cluster is whole again
   */
  void during(BooleanSupplier over) throws Exception;

  /** The cluster is whole: waits for what is still to come, and answers each broken promise. */
  List<String> end() throws Exception;

  /** How much there was to judge: messages that an SDK acknowledged or delivered. */
  int weight();
}
