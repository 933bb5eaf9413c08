package io.tidegate.faults.load;

import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber that never gives up: it prefers one node, goes to the next when it cannot be
 * there, resumes where it was, and now and then breaks off by itself. One thread.
 */
abstract class Follower implements Runnable {
  /** It breaks off by itself once in about so many seconds. */
  private static final int BREAKS_OFF_SECONDS = 15;

  private static final int MOST_PAUSE_MILLIS = 3_000;

  final String name;
  final Tenant tenant;
  final List<String> channels;
  final Rest rest;
  final Journal journal;
  final Random random;
  final Tracker tracker;
  private final int home;
  private volatile boolean stopped;
  private volatile boolean steady;

  Follower(
      String name,
      Tenant tenant,
      int home,
      List<String> channels,
      Rest rest,
      Journal journal,
      Random random) {
    this.name = name;
    this.tenant = tenant;
    this.home = home;
    this.channels = channels;
    this.rest = rest;
    this.journal = journal;
    this.random = random;
    this.tracker = new Tracker(name, tenant, journal);
  }

  /** Whether it watches who is present. */
  abstract boolean observes();

  /** From now on it does not break off by itself. */
  void settle() {
    steady = true;
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Where it is in a channel; null before it is subscribed. */
  Tracker.@Nullable Place at(String channel) {
    return tracker.at(channel);
  }

  boolean isAt(String channel, long seq) {
    Tracker.Place place = at(channel);
    return place != null && place.seq() >= seq;
  }

  /**
   * Follows on one connection until that ends.
   *
   * @param endMillis when to break off, by the journal's clock
   * @return why it ended, and when to come back
   */
  abstract End follow(int node, long endMillis) throws InterruptedException;

  /**
   * @param pauseMillis negative: as it likes
   */
  record End(String why, long pauseMillis) {}

  @Override
  public void run() {
    int failures = 0;
    try {
      while (!stopped) {
        int node = (home + failures) % rest.nodes();
        long begin = journal.now();
        long breaks = begin + 1_000L + random.nextInt(2 * BREAKS_OFF_SECONDS * 1_000);
        End end = follow(node, breaks);
        journal.add(new Event.Ended(journal.now(), name, tenant.letter(), node, end.why()));
        boolean lasted = journal.now() - begin > 3_000;
        failures = lasted ? failures : failures + 1;
        if (end.why().equals(OWN_WISH)) {
          failures = random.nextInt(rest.nodes());
        } else if (lasted) {
          failures++;
        }
        long pause = end.pauseMillis() < 0 ? 20 + random.nextInt(400) : end.pauseMillis();
        Thread.sleep(Math.min(pause, MOST_PAUSE_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static final String OWN_WISH = "own wish";

  boolean breaksOff(long endMillis) {
    return stopped || (!steady && journal.now() >= endMillis);
  }
}
