package io.tidegate.bench.scenario;

import io.tidegate.bench.report.Result;
import java.util.List;

/** One thing done to a gateway, measured and checked. */
public interface Scenario {
  /** What it is called on the command line. */
  String name();

  /** What it does, in one line without a full stop. */
  String purpose();

  /** What can be chosen, beside what every scenario has. */
  List<Setting> settings();

  /** On how many fresh gateways it is repeated, where one run gives one round only. */
  default int gateways() {
    return 1;
  }

  /** How many nodes it takes at least; several are linked by a Redis. */
  default int nodes() {
    return 1;
  }

  /**
   * Runs it once. Bounded in time by its settings; throws when it cannot be carried out, and says
   * in the result when the gateway broke a promise.
   */
  Result run(Lab lab, Settings settings) throws Exception;
}
