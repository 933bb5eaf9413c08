package io.tidegate.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The servers behind one address: which there are, who holds a slot, and connections to them. */
public final class RedisServers implements AutoCloseable {
  private final RedisAddress address;
  private final ClientResources resources = RedisClients.resources();
  private final RedisClient commands = RedisClients.single(resources, true);

  /** Whoever subscribes connects again by itself, and knows then what it may have missed. */
  private final RedisClient subscriptions = RedisClients.single(resources, false);

  private final @Nullable RedisClusterClient cluster;

  private RedisServers(RedisAddress address) {
    this.address = address;
    this.cluster = address.cluster() ? RedisClients.cluster(resources, address) : null;
  }

  static RedisServers of(RedisAddress address) {
    return new RedisServers(address);
  }

  public boolean isCluster() {
    return cluster != null;
  }

  CompletionStage<RedisLink.Line> connect() {
    return attempt(this::line);
  }

  private CompletionStage<RedisLink.Line> line() {
    if (cluster == null) {
      return commands
          .connectAsync(RedisLink.CODEC, address.nodes().getFirst())
          .thenApply(connection -> new RedisLink.Line(connection, connection.async()));
    }
    return cluster
        .refreshPartitionsAsync()
        .thenCompose(known -> cluster.connectAsync(RedisLink.CODEC))
        .thenApply(connection -> new RedisLink.Line(connection, connection.async()));
  }

  /** The server whose subscriptions hear of a slot; null while nobody holds it. */
  public @Nullable RedisURI of(int slot) {
    if (cluster == null) {
      return address.nodes().getFirst();
    }
    RedisClusterNode holder = cluster.getPartitions().getMasterBySlot(slot);
    return holder == null ? null : holder.getUri();
  }

  /** Looks again who holds what. */
  public CompletionStage<Void> refresh() {
    return cluster == null
        ? CompletableFuture.completedFuture(null)
        : cluster.refreshPartitionsAsync();
  }

  public CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> subscribe(RedisURI server) {
    return attempt(() -> subscriptions.connectPubSubAsync(RedisLink.CODEC, server));
  }

  /** Who tries hears of every failure in one way: of a client that has been shut down, too. */
  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> connecting) {
    try {
      return connecting.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    commands.shutdownAsync(0, 1, TimeUnit.SECONDS);
    subscriptions.shutdownAsync(0, 1, TimeUnit.SECONDS);
    if (cluster != null) {
      cluster.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
    resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
