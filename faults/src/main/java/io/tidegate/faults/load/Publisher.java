package io.tidegate.faults.load;

import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Outcome;
import io.tidegate.faults.history.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes units one after the other, to any node, and asks again with the same ids until it is
 * told what became of them, as a careful backend does; now and then it asks again although it was
 * told, or asks three nodes at once. One thread.
 */
final class Publisher implements Runnable {
  private static final int PACE_MILLIS = 35;
  private static final int MOST_MESSAGES = 4;

  /** One of so many units goes to a channel that gets few. */
  private static final int RARELY = 40;

  /** One of so many acknowledged units is published again, on another node. */
  private static final int AGAIN = 25;

  /** One of so many refused units is given up: nobody may ever see it. */
  private static final int GIVE_UP = 4;

  private static final long SURELY_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final String name;
  private final Tenant tenant;
  private final PublishWay way;
  private final int nodes;
  private final Journal journal;
  private final Random random;
  private final Counts counts;

  /** One of so many units is published through all nodes at once. */
  private final int everywhere;

  private volatile boolean stopped;

  /** Acknowledged units so far, for whoever wants to know that it goes on. */
  private final AtomicInteger acknowledged = new AtomicInteger();

  private int made;

  Publisher(
      String name,
      Tenant tenant,
      PublishWay way,
      int nodes,
      Journal journal,
      Random random,
      Counts counts,
      int everywhere) {
    this.name = name;
    this.tenant = tenant;
    this.way = way;
    this.nodes = nodes;
    this.journal = journal;
    this.random = random;
    this.counts = counts;
    this.everywhere = everywhere;
  }

  /** Begins nothing new; what is under way is brought to its end. */
  void stop() {
    stopped = true;
  }

  int acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        long begin = System.nanoTime();
        publish();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        Thread.sleep(Math.max(1, PACE_MILLIS / 2 + random.nextInt(PACE_MILLIS) - took));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish() throws InterruptedException {
    List<String> from = random.nextInt(RARELY) == 0 ? Tenant.rare() : Tenant.busy();
    String channel = from.get(random.nextInt(from.size()));
    String unit = tenant.letter() + "-" + name + "-" + made++;
    List<String> ids = new ArrayList<>();
    List<String> data = new ArrayList<>();
    int size = 1 + random.nextInt(MOST_MESSAGES);
    for (int i = 0; i < size; i++) {
      ids.add(unit + "-" + i);
      data.add(tenant.letter() + "/" + channel + "/" + unit + "-" + i + "/" + random.nextInt());
    }
    Unit one = new Unit(channel, unit, ids, data, new AtomicInteger());
    counts.published(size);
    if (Tenant.classOf(channel).equals("none")) {
      // Ids are not kept there: asked again it could come twice.
      attempt(one, random.nextInt(nodes));
    } else if (random.nextInt(everywhere) == 0) {
      everywhere(one);
    } else {
      surely(one, random.nextInt(nodes));
    }
  }

  private record Unit(
      String channel, String name, List<String> ids, List<String> data, AtomicInteger attempts) {}

  private void everywhere(Unit unit) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      int node = i;
      all.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      surely(unit, node);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    for (Thread one : all) {
      one.join();
    }
  }

  private void surely(Unit unit, int first) throws InterruptedException {
    long end = System.nanoTime() + SURELY_NANOS;
    int node = first;
    int back = 50;
    while (System.nanoTime() < end) {
      Outcome outcome = attempt(unit, node);
      node = (node + 1) % nodes;
      if (outcome == Outcome.ACKNOWLEDGED) {
        if (chance(AGAIN)) {
          Thread.sleep(chance(3) ? 1_000 : 1);
          attempt(unit, node);
        }
        return;
      }
      if (outcome == Outcome.REFUSED && chance(GIVE_UP)) {
        return;
      }
      Thread.sleep(back / 2 + bounded(back));
      back = Math.min(1_000, back * 2);
    }
  }

  private Outcome attempt(Unit unit, int node) throws InterruptedException {
    int attempt = unit.attempts().incrementAndGet();
    journal.add(
        new Event.Sent(
            journal.now(),
            tenant.letter(),
            unit.channel(),
            unit.name(),
            attempt,
            node,
            unit.ids(),
            unit.data()));
    PublishWay.Answer answer = way.publish(tenant, node, unit.channel(), unit.ids(), unit.data());
    journal.add(
        new Event.Answered(
            journal.now(),
            tenant.letter(),
            unit.channel(),
            unit.name(),
            attempt,
            answer.outcome(),
            answer.what(),
            answer.epoch(),
            answer.seqs()));
    if (answer.odd()) {
      journal.add(new Event.Odd(journal.now(), name, tenant.letter(), answer.what()));
    }
    if (answer.outcome() == Outcome.ACKNOWLEDGED) {
      acknowledged.incrementAndGet();
    }
    return answer.outcome();
  }

  private synchronized boolean chance(int oneOf) {
    return random.nextInt(oneOf) == 0;
  }

  private synchronized int bounded(int bound) {
    return random.nextInt(bound);
  }
}
