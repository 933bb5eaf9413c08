package io.tidegate.faults.fault;

import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Node;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a fault happens to.
 *
 * @param random says which node, and when
 * @param time how long things stay broken, 1 for as long as it says
 * @param apart told of a node that the others cannot know about until all is healed
 */
public record Stage(Cluster cluster, Random random, Fault.Time time, Consumer<Node> apart) {
  /** Any node. */
  Node some() {
    return cluster.nodes().get(random.nextInt(cluster.nodes().size()));
  }

  void pass(double seconds) throws InterruptedException {
    time.pass(seconds);
  }
}
