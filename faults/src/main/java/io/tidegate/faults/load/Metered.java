package io.tidegate.faults.load;

import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import java.util.List;
import java.util.Random;

/**
 * Publishes for the tenant whose rate is limited, more than it may, to one node after the other;
 * what is refused is not asked for again. One thread.
 */
final class Metered implements Runnable {
  /** What its tenant may; as one second's worth is the burst. */
  static final int PER_SECOND = 30;

  /** So many of these publish twice what they may. */
  static final int PUBLISHERS = 2;

  private static final int PACE_MILLIS = PUBLISHERS * 1_000 / (2 * PER_SECOND);
  private static final int RATE_EXCEEDED = 42910;

  private final String name;
  private final Tenant tenant;
  private final PublishWay way;
  private final int nodes;
  private final Journal journal;
  private final Random random;
  private volatile boolean stopped;
  private int made;

  Metered(String name, Tenant tenant, PublishWay way, int nodes, Journal journal, Random random) {
    this.name = name;
    this.tenant = tenant;
    this.way = way;
    this.nodes = nodes;
    this.journal = journal;
    this.random = random;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        long begin = journal.now();
        publish(random.nextInt(nodes));
        Thread.sleep(Math.max(1, PACE_MILLIS - (journal.now() - begin)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(int node) throws InterruptedException {
    String id = name + "-" + made++;
    String data = tenant.letter() + "/" + Tenant.METERED + "/" + id + "/0";
    long asked = journal.now();
    PublishWay.Answer answer =
        way.publish(tenant, node, Tenant.METERED, List.of(id), List.of(data));
    journal.add(new Event.Metered(journal.now(), asked, node, answer.outcome(), answer.what()));
    if (answer.odd() && !answer.what().startsWith(RATE_EXCEEDED + " ")) {
      journal.add(new Event.Odd(journal.now(), name, tenant.letter(), answer.what()));
    }
  }
}
