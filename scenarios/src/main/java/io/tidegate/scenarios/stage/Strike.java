package io.tidegate.scenarios.stage;

import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Node;
import java.util.Random;

/** What happens to the whole cluster while scenarios are under way. */
public enum Strike {
  /**
   * Nothing of its own: it takes long by itself, and nodes that are struck meanwhile change nothing
   * about what it promises.
   */
  BESIDE {
    @Override
    void strike(Cluster cluster, int victim, Random random) {}
  },
  /** Nothing: each scenario sees to its own trouble. */
  NONE {
    @Override
    void strike(Cluster cluster, int victim, Random random) {}
  },
  /** kill -9 of a node, which comes back. */
  NODE_KILL {
    @Override
    void strike(Cluster cluster, int victim, Random random) throws Exception {
      Node node = cluster.nodes().get(victim);
      node.kill9();
      pause(random, 1_000, 4_000);
      node.start();
      node.awaitReady();
    }
  },
  /** Redis is killed and comes back with what it held a moment before. */
  REDIS_RESTART {
    @Override
    void strike(Cluster cluster, int victim, Random random) throws Exception {
      cluster.redis().save();
      cluster.redis().kill9();
      pause(random, 500, 2_000);
      cluster.redis().start();
    }
  },
  /** Redis is killed and comes back empty. */
  REDIS_EMPTY {
    @Override
    void strike(Cluster cluster, int victim, Random random) throws Exception {
      cluster.redis().forget();
      cluster.redis().kill9();
      pause(random, 500, 2_000);
      cluster.redis().start();
    }
  },
  /** Each node ends as it is asked to, and comes back, one after the other. */
  ROLLING_RESTART {
    @Override
    void strike(Cluster cluster, int victim, Random random) throws Exception {
      for (Node node : cluster.nodes()) {
        node.terminate();
        node.start();
        node.awaitReady();
        pause(random, 200, 1_000);
      }
    }
  };

  /** Returns when the cluster is whole again. */
  abstract void strike(Cluster cluster, int victim, Random random) throws Exception;

  /** Strikes after a moment that the seed decides. */
  public void after(Cluster cluster, int victim, Random random) throws Exception {
    pause(random, 300, 1_500);
    strike(cluster, victim, random);
  }

  private static void pause(Random random, int least, int most) throws InterruptedException {
    Thread.sleep(random.nextInt(least, most));
  }
}
