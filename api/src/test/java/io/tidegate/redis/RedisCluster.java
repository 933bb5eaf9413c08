package io.tidegate.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tidegate.TestPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real Redis Cluster of three primaries without replicas; slots are served though one is dead.
 */
public final class RedisCluster implements AutoCloseable {
  private static final int PRIMARIES = 3;
  private final List<RedisProcess> nodes = new ArrayList<>();

  /**
   * Of the nodes to each other. By itself Redis takes one among those that the kernel gives to
   * outgoing connections: one of these may sit on it when a node comes back.
   */
  private final List<Integer> busPorts = new ArrayList<>();

  private RedisCluster() {}

  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < PRIMARIES; i++) {
      int busPort = TestPorts.free();
      cluster.busPorts.add(busPort);
      cluster.nodes.add(
          RedisProcess.start(
              "--cluster-enabled",
              "yes",
              "--cluster-port",
              Integer.toString(busPort),
              "--cluster-require-full-coverage",
              "no",
              "--cluster-node-timeout",
              "10000",
              "--appendonly",
              "no"));
    }
    cluster.join();
    return cluster;
  }

  public String url() {
    return nodes.stream().map(RedisProcess::url).collect(Collectors.joining(","));
  }

  public List<RedisProcess> nodes() {
    return nodes;
  }

  /** The primary of a slot. */
  public RedisProcess of(int slot) {
    return nodes.get(Math.min(slot / (SlotHash.SLOT_COUNT / PRIMARIES), PRIMARIES - 1));
  }

  private void join() {
    RedisClient client = RedisClient.create();
    try {
      for (int i = 0; i < PRIMARIES; i++) {
        try (var connection = connect(client, i)) {
          int share = SlotHash.SLOT_COUNT / PRIMARIES;
          int end = i == PRIMARIES - 1 ? SlotHash.SLOT_COUNT : (i + 1) * share;
          connection.sync().clusterAddSlots(IntStream.range(i * share, end).toArray());
          if (i > 0) {
            meetFirst(connection.sync());
          }
        }
      }
      for (int i = 0; i < PRIMARIES; i++) {
        try (var connection = connect(client, i)) {
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> {
                    String info = connection.sync().clusterInfo();
                    return info.contains("cluster_state:ok")
                        && info.contains("cluster_known_nodes:" + PRIMARIES)
                        && info.contains("cluster_slots_assigned:" + SlotHash.SLOT_COUNT);
                  });
        }
      }
    } finally {
      client.shutdown();
    }
  }

  private void meetFirst(RedisCommands<String, String> commands) {
    commands.dispatch(
        CommandType.CLUSTER,
        new StatusOutput<>(StringCodec.ASCII),
        new CommandArgs<>(StringCodec.ASCII)
            .add("MEET")
            .add("127.0.0.1")
            .add(nodes.getFirst().port())
            .add(busPorts.getFirst()));
  }

  private StatefulRedisConnection<String, String> connect(RedisClient client, int node) {
    return client.connect(RedisURI.create(nodes.get(node).url()));
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
