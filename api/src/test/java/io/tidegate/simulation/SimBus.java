package io.tidegate.simulation;

import io.tidegate.broker.BrokerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What is on its way to one node: it may be lost, come twice, late, or in another order. */
final class SimBus {
  private final SplittableRandom random;
  private final BrokerListener to;
  private final List<Consumer<BrokerListener>> onTheWay = new ArrayList<>();
  private boolean carries;
  private boolean cut;
  private boolean faulty = true;

  SimBus(SplittableRandom random, BrokerListener to) {
    this.random = random;
    this.to = to;
  }

  /** Whether the node is subscribed: what is sent before is not for it. */
  void carry(boolean now) {
    carries = now;
  }

  /** From now on nothing comes through. */
  void cut(boolean now) {
    cut = now;
    if (now) {
      onTheWay.clear();
    }
  }

  boolean isCut() {
    return cut;
  }

  void heal() {
    faulty = false;
    cut = false;
  }

  void send(Consumer<BrokerListener> hint) {
    if (carries && !cut) {
      onTheWay.add(hint);
    }
  }

  /** Something happens to one hint; false when there is none. */
  boolean step() {
    if (onTheWay.isEmpty()) {
      return false;
    }
    int one = faulty && random.nextInt(4) == 0 ? random.nextInt(onTheWay.size()) : 0;
    int fate = faulty ? random.nextInt(8) : 7;
    if (fate == 0) {
      onTheWay.remove(one);
    } else if (fate == 1) {
      onTheWay.get(one).accept(to);
    } else {
      onTheWay.remove(one).accept(to);
    }
    return true;
  }
}
