package io.tidegate.faults.fault;

import io.tidegate.faults.check.Allowed;
import io.tidegate.faults.fault.Fault.Begins;
import java.util.List;

/** Every fault, a line each. */
public final class AllFaults {
  /** So many units in one are published through all nodes at once. */
  private static final int OFTEN = 2;

  private static final int SOMETIMES = 50;

  private static final List<Fault> ALL =
      List.of(
          new Fault("none", "nothing happens", Allowed.NOTHING, stage -> stage.pass(1)),
          new Fault(
              "node-kill",
              "kill -9 of a node that publishes and delivers, back after 5 s",
              Allowed.NOTHING,
              NodeFaults::kill),
          new Fault(
              "node-kill-committed",
              "kill -9 of a node whose batches are committed and not answered, so never fanned out",
              Allowed.NOTHING,
              NodeFaults::killCommitted),
          new Fault(
              "node-freeze", "SIGSTOP of a node for 20 s", Allowed.NOTHING, NodeFaults::freeze),
          new Fault(
              "rolling-restart",
              "SIGTERM and start of each node in turn",
              Allowed.NOTHING,
              NodeFaults::rollingRestart),
          new Fault(
              "redis-empty",
              "kill -9 of Redis, which comes back empty after 3 s",
              Allowed.REDIS_LOST,
              StoreFaults::redisEmpty),
          new Fault(
              "redis-stale",
              "kill -9 of Redis, which comes back with a copy some seconds old",
              Allowed.REDIS_LOST,
              StoreFaults::redisStale),
          new Fault(
              "redis-freeze",
              "SIGSTOP of Redis for 30 s",
              Allowed.REDIS_AWAY,
              StoreFaults::redisFreeze),
          new Fault(
              "redis-black-hole",
              "one node does not reach Redis for 20 s: nothing comes through, nothing ends",
              Allowed.ONE_APART,
              StoreFaults::redisBlackHole),
          new Fault(
              "postgres-kill",
              "kill -9 of PostgreSQL, back after 5 s",
              Allowed.NOTHING,
              StoreFaults::postgresKill),
          new Fault(
              "postgres-freeze",
              "SIGSTOP of PostgreSQL for 30 s",
              Allowed.NOTHING,
              StoreFaults::postgresFreeze),
          new Fault(
              "commit-cut",
              "connections to PostgreSQL are cut before the answer to a COMMIT, for 10 s",
              Allowed.NOTHING,
              StoreFaults::commitCut),
          new Fault(
              "same-id",
              "every second unit is published through three nodes at once",
              Allowed.NOTHING,
              OFTEN,
              Begins.NOW,
              stage -> stage.pass(1)),
          new Fault(
              "wire",
              "between clients and nodes: one byte a segment, 20 ms more, resets, answers that"
                  + " do not come, lines cut in mid-frame",
              Allowed.NOTHING,
              WireFaults::each),
          new Fault(
              "rolling-version",
              "each node of the version before is replaced by one of this version in turn, then"
                  + " each of these by one of the version before",
              Allowed.OTHER_VERSION,
              SOMETIMES,
              Begins.BEFORE,
              NodeFaults::rollingVersion));

  private AllFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return ALL;
  }

  /** The one of that name. */
  public static Fault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault " + name));
  }
}
