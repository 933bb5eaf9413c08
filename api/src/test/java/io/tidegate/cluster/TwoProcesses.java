package io.tidegate.cluster;

import io.tidegate.e2e.gateway.Balancer;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.redis.RedisProcess;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Two nodes as processes of their own over one database and one Redis, which start together. */
final class TwoProcesses implements AutoCloseable {
  private final RedisProcess redis = RedisProcess.start();
  private final OwnPostgres postgres;
  private final List<GatewayProcess> nodes;
  private final Balancer balancer;

  private TwoProcesses(String name) {
    postgres = OwnPostgres.start(name);
    Map<String, String> environment = new HashMap<>(postgres.environment());
    environment.put("TIDEGATE_REDIS_URL", redis.url());
    CompletableFuture<GatewayProcess> second =
        CompletableFuture.supplyAsync(() -> GatewayProcess.start(name + "-2", environment));
    GatewayProcess first = GatewayProcess.start(name + "-1", environment);
    nodes = List.of(first, second.join());
    balancer = new Balancer(nodes);
  }

  /** Over an empty database; returns when both are ready. */
  static TwoProcesses start(String name) {
    return new TwoProcesses(name);
  }

  GatewayProcess first() {
    return nodes.getFirst();
  }

  GatewayProcess second() {
    return nodes.getLast();
  }

  Balancer balancer() {
    return balancer;
  }

  /** SIGTERM, its end, and a start; as one of a rolling change of version. */
  void roll(GatewayProcess node) {
    node.terminate();
    balancer.takeOut(node);
    node.restart();
    balancer.putIn(node);
  }

  /** The first column of what the database answers. */
  List<String> ask(String question) throws SQLException {
    return postgres.ask(question);
  }

  @Override
  public void close() {
    nodes.forEach(GatewayProcess::close);
    redis.close();
    postgres.close();
  }
}
