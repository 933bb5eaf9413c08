package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Holds every subscriber against the account of its channel. */
final class Verdict {
  /** Faults told in full; thousands of subscribers may have the same. */
  private static final int TOLD = 10;

  private final List<String> faults = new ArrayList<>();
  private int more;

  /** Compares each; call after everything has come and a fence. */
  Verdict subscribers(Crowd crowd, Function<Subscriber, Ledger> ledger) {
    int index = 0;
    for (Subscriber subscriber : crowd.members()) {
      for (String fault : ledger.apply(subscriber).check(subscriber.run())) {
        fault("subscriber " + index + " of " + subscriber.channel() + ": " + fault);
      }
      index++;
    }
    return this;
  }

  /** Anything else that went wrong. */
  Verdict fault(String what) {
    if (faults.size() < TOLD) {
      faults.add(what);
    } else {
      more++;
    }
    return this;
  }

  boolean isGood() {
    return faults.isEmpty();
  }

  List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    if (more > 0) {
      all.add("and " + more + " more");
    }
    return all;
  }
}
