package io.tidegate.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisProcess;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Moves over a Redis Cluster of three primaries, one of which has all that is told. */
class RedisClusterMovesTest extends MovesContract {
  private static RedisCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  String url() {
    return cluster.url();
  }

  @Override
  RedisProcess server() {
    return cluster.of(SlotHash.getSlot(RedisMoves.KEYS.getFirst()));
  }

  @Test
  void whatIsToldIsInOneSlot() {
    List<Integer> slots = RedisMoves.KEYS.stream().map(SlotHash::getSlot).toList();
    assertThat(slots).containsOnly(slots.getFirst());
  }

  @Test
  void movesAreToldWhileAnotherPrimaryIsDead() {
    RedisProcess other =
        cluster.nodes().stream().filter(one -> one != server()).findAny().orElseThrow();
    other.kill();
    try {
      everyOtherNodeHearsOfAMoveOnce();
    } finally {
      other.restart();
    }
  }
}
