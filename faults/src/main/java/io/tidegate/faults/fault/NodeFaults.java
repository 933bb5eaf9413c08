package io.tidegate.faults.fault;

import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Launch;
import io.tidegate.faults.world.Node;

/** What happens to gateways. */
final class NodeFaults {
  /** Nodes of two versions run beside each other for so long, in each state of the change. */
  private static final double BESIDE_SECONDS = 4;

  private NodeFaults() {}

  static void kill(Stage stage) throws Exception {
    Node node = stage.some();
    node.kill9();
    stage.pass(5);
    node.start();
    node.awaitReady();
  }

  static void killCommitted(Stage stage) throws Exception {
    Cluster cluster = stage.cluster();
    Node node = stage.some();
    boolean held = cluster.database().holdCommits();
    try {
      // Every node has a batch under way by now.
      Thread.sleep(300);
      node.kill9();
    } finally {
      cluster.database().releaseCommits();
    }
    stage.pass(5);
    node.start();
    node.awaitReady();
    if (!held) {
      throw new IllegalStateException("no COMMIT was held");
    }
  }

  static void freeze(Stage stage) throws Exception {
    Node node = stage.some();
    node.signal("STOP");
    try {
      stage.pass(20);
    } finally {
      node.signal("CONT");
    }
  }

  static void rollingRestart(Stage stage) throws Exception {
    roll(stage, stage.cluster().launch(), 2);
  }

  /** To the other version, and back. */
  static void rollingVersion(Stage stage) throws Exception {
    Cluster cluster = stage.cluster();
    if (cluster.other().equals(cluster.launch())) {
      throw new IllegalStateException("there is no other version");
    }
    roll(stage, cluster.other(), BESIDE_SECONDS);
    roll(stage, cluster.launch(), BESIDE_SECONDS);
  }

  private static void roll(Stage stage, Launch to, double pauseSeconds) throws Exception {
    for (Node node : stage.cluster().nodes()) {
      node.terminate();
      node.start(to);
      node.awaitReady();
      stage.pass(pauseSeconds);
    }
  }
}
