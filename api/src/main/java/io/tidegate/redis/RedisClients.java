package io.tidegate.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lettuce's clients, set up so that nothing is done twice: a command whose connection was lost is
 * not sent again, and one without a connection is refused at once instead of waiting for one.
 */
final class RedisClients {
  private static final int THREADS = 2;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LAST_DELAY = Duration.ofSeconds(1);
  private static final Duration TOPOLOGY = Duration.ofSeconds(2);

  /** More commands than this without an answer are refused. */
  private static final int MAX_COMMANDS = 20_000;

  private RedisClients() {}

  static ClientResources resources() {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(THREADS)
        .computationThreadPoolSize(THREADS)
        .reconnectDelay(
            Delay.fullJitter(
                FIRST_DELAY, LAST_DELAY, FIRST_DELAY.toMillis(), TimeUnit.MILLISECONDS))
        .build();
  }

  static RedisClusterClient cluster(ClientResources resources, RedisAddress address) {
    RedisClusterClient client = RedisClusterClient.create(resources, address.nodes());
    client.setOptions(
        options(
                ClusterClientOptions.builder()
                    .topologyRefreshOptions(
                        ClusterTopologyRefreshOptions.builder()
                            .enableAllAdaptiveRefreshTriggers()
                            .adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
                            .enablePeriodicRefresh(TOPOLOGY)
                            .build()),
                true)
            .build());
    return client;
  }

  /**
   * @param reconnects whether Lettuce is to connect again by itself
   */
  static RedisClient single(ClientResources resources, boolean reconnects) {
    RedisClient client = RedisClient.create(resources);
    client.setOptions(options(ClientOptions.builder(), reconnects).build());
    return client;
  }

  @SuppressWarnings("unchecked")
  private static <B extends ClientOptions.Builder> B options(B builder, boolean reconnects) {
    return (B)
        builder
            .autoReconnect(reconnects)
            .protocolVersion(ProtocolVersion.RESP3)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .replayFilter(command -> true)
            .requestQueueSize(MAX_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled())
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build());
  }
}
