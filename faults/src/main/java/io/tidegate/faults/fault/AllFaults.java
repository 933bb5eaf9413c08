package io.tidegate.faults.fault;

import io.tidegate.faults.check.Allowed;
import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Node;
import io.tidegate.faults.world.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Every fault, one function each. */
public final class AllFaults {
  private static final Allowed WINDOWS_LOST = new Allowed(true, true);

  /** A node that is cut off from Redis is gone for the others, and so are its members. */
  private static final Allowed MEMBERS_LOST = new Allowed(false, true);

  /** What a server says to a COMMIT that it has carried out. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private static final List<Fault> ALL =
      List.of(
          new Fault("none", "nothing happens", Allowed.NOTHING, (c, r, t) -> t.pass(10)),
          new Fault(
              "node-kill",
              "kill -9 of a node that publishes and delivers, back after 5 s",
              Allowed.NOTHING,
              AllFaults::nodeKill),
          new Fault(
              "node-kill-committed",
              "kill -9 of a node whose batches are committed and not answered, so never fanned out",
              Allowed.NOTHING,
              AllFaults::nodeKillCommitted),
          new Fault(
              "node-freeze", "SIGSTOP of a node for 20 s", Allowed.NOTHING, AllFaults::nodeFreeze),
          new Fault(
              "rolling-restart",
              "SIGTERM and start of each node in turn",
              Allowed.NOTHING,
              AllFaults::rollingRestart),
          new Fault(
              "redis-empty",
              "kill -9 of Redis, which comes back empty after 3 s",
              WINDOWS_LOST,
              AllFaults::redisEmpty),
          new Fault(
              "redis-stale",
              "kill -9 of Redis, which comes back with a copy some seconds old",
              WINDOWS_LOST,
              AllFaults::redisStale),
          new Fault(
              "redis-freeze", "SIGSTOP of Redis for 30 s", Allowed.NOTHING, AllFaults::redisFreeze),
          new Fault(
              "redis-black-hole",
              "one node does not reach Redis for 20 s: nothing comes through, nothing ends",
              MEMBERS_LOST,
              AllFaults::redisBlackHole),
          new Fault(
              "postgres-kill",
              "kill -9 of PostgreSQL, back after 5 s",
              Allowed.NOTHING,
              AllFaults::postgresKill),
          new Fault(
              "postgres-freeze",
              "SIGSTOP of PostgreSQL for 30 s",
              Allowed.NOTHING,
              AllFaults::postgresFreeze),
          new Fault(
              "commit-cut",
              "connections to PostgreSQL are cut before the answer to a COMMIT, for 10 s",
              Allowed.NOTHING,
              AllFaults::commitCut),
          new Fault(
              "same-id",
              "every second unit is published through three nodes at once",
              Allowed.NOTHING,
              2,
              (c, r, t) -> t.pass(10)),
          new Fault(
              "wire",
              "between clients and nodes: one byte a segment, 20 ms more, resets, answers that"
                  + " do not come, lines cut in mid-frame",
              Allowed.NOTHING,
              AllFaults::wire));

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

  private static Node some(Cluster cluster, Random random) {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  private static void nodeKill(Cluster cluster, Random random, Fault.Time time) throws Exception {
    Node node = some(cluster, random);
    node.kill9();
    time.pass(5);
    node.start();
    node.awaitReady();
  }

  private static void nodeKillCommitted(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    Node node = some(cluster, random);
    boolean held = cluster.database().holdCommits();
    try {
      // Every node has a batch under way by now.
      Thread.sleep(300);
      node.kill9();
    } finally {
      cluster.database().releaseCommits();
    }
    time.pass(5);
    node.start();
    node.awaitReady();
    if (!held) {
      throw new IllegalStateException("no COMMIT was held");
    }
  }

  private static void nodeFreeze(Cluster cluster, Random random, Fault.Time time) throws Exception {
    Node node = some(cluster, random);
    node.signal("STOP");
    try {
      time.pass(20);
    } finally {
      node.signal("CONT");
    }
  }

  private static void rollingRestart(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    for (Node node : cluster.nodes()) {
      node.terminate();
      node.start();
      node.awaitReady();
      time.pass(2);
    }
  }

  private static void redisEmpty(Cluster cluster, Random random, Fault.Time time) throws Exception {
    cluster.redis().kill9();
    time.pass(3);
    cluster.redis().start();
  }

  private static void redisStale(Cluster cluster, Random random, Fault.Time time) throws Exception {
    cluster.redis().save();
    time.pass(2 + random.nextInt(4));
    cluster.redis().kill9();
    time.pass(2);
    cluster.redis().start();
  }

  private static void redisFreeze(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    cluster.redis().signal("STOP");
    try {
      time.pass(30);
    } finally {
      cluster.redis().signal("CONT");
    }
  }

  private static void redisBlackHole(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    Proxy proxy = some(cluster, random).toRedis();
    proxy.way(Proxy.Way.BLACK_HOLE);
    try {
      time.pass(20);
    } finally {
      proxy.way(Proxy.Way.OPEN);
    }
  }

  private static void postgresKill(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    cluster.database().kill9();
    time.pass(5);
    cluster.database().start();
  }

  private static void postgresFreeze(Cluster cluster, Random random, Fault.Time time)
      throws Exception {
    cluster.database().freeze();
    try {
      time.pass(30);
    } finally {
      cluster.database().thaw();
    }
  }

  private static void commitCut(Cluster cluster, Random random, Fault.Time time) throws Exception {
    int cuts = 0;
    for (Node node : cluster.nodes()) {
      // One in some: a node whose every COMMIT is cut never gets anywhere.
      int before = node.toDatabase().cuts();
      for (int i = 0; i < 12; i++) {
        node.toDatabase().cutBefore(COMMITTED);
        Thread.sleep(20);
        node.toDatabase().cutBefore(null);
        time.pass(0.25);
      }
      cuts += node.toDatabase().cuts() - before;
    }
    if (cuts == 0) {
      throw new IllegalStateException("no COMMIT was cut");
    }
  }

  private static void wire(Cluster cluster, Random random, Fault.Time time) throws Exception {
    for (Proxy.Way way :
        List.of(Proxy.Way.SLICES, Proxy.Way.SLOW, Proxy.Way.HALF_OPEN, Proxy.Way.BLACK_HOLE)) {
      Proxy proxy = some(cluster, random).front();
      proxy.way(way);
      time.pass(4);
      proxy.way(Proxy.Way.OPEN);
      some(cluster, random).front().reset();
      some(cluster, random).front().cutAfter(1 + random.nextInt(20_000));
      time.pass(1);
    }
  }
}
