package io.tidegate.faults.fault;

import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Node;
import io.tidegate.faults.world.Proxy;
import java.nio.charset.StandardCharsets;

/** What happens to Redis and PostgreSQL, and on the way there. */
final class StoreFaults {
  /** What a server says to a COMMIT that it has carried out. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private StoreFaults() {}

  static void redisEmpty(Stage stage) throws Exception {
    stage.cluster().redis().kill9();
    stage.pass(3);
    stage.cluster().redis().start();
  }

  static void redisStale(Stage stage) throws Exception {
    Cluster cluster = stage.cluster();
    cluster.redis().save();
    stage.pass(2 + stage.random().nextInt(4));
    cluster.redis().kill9();
    stage.pass(2);
    cluster.redis().start();
  }

  static void redisFreeze(Stage stage) throws Exception {
    stage.cluster().redis().signal("STOP");
    try {
      stage.pass(30);
    } finally {
      stage.cluster().redis().signal("CONT");
    }
  }

  static void redisBlackHole(Stage stage) throws Exception {
    Node node = stage.some();
    stage.apart().accept(node);
    node.toRedis().way(Proxy.Way.BLACK_HOLE);
    try {
      stage.pass(20);
    } finally {
      node.toRedis().way(Proxy.Way.OPEN);
    }
  }

  static void postgresKill(Stage stage) throws Exception {
    stage.cluster().database().kill9();
    stage.pass(5);
    stage.cluster().database().start();
  }

  static void postgresFreeze(Stage stage) throws Exception {
    stage.cluster().database().freeze();
    try {
      stage.pass(30);
    } finally {
      stage.cluster().database().thaw();
    }
  }

  static void commitCut(Stage stage) throws Exception {
    int cuts = 0;
    for (Node node : stage.cluster().nodes()) {
      // One in some: a node whose every COMMIT is cut never gets anywhere.
      int before = node.toDatabase().cuts();
      for (int i = 0; i < 12; i++) {
        node.toDatabase().cutBefore(COMMITTED);
        Thread.sleep(20);
        node.toDatabase().cutBefore(null);
        stage.pass(0.25);
      }
      cuts += node.toDatabase().cuts() - before;
    }
    if (cuts == 0) {
      throw new IllegalStateException("no COMMIT was cut");
    }
  }
}
