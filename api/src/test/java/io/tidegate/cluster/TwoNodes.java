package io.tidegate.cluster;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.util.HashMap;
import java.util.Map;

/** Two gateways of this JVM over one Redis and one database. */
final class TwoNodes implements AutoCloseable {
  private final RedisProcess redis = RedisProcess.start();
  private final TestGateway first;
  private final TestGateway second;

  private TwoNodes(String database, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("TIDEGATE_REDIS_URL", redis.url());
    first = TestGateway.start(database, variables);
    second = TestGateway.over(database, variables);
  }

  static TwoNodes start(String database) {
    return new TwoNodes(database, Map.of());
  }

  Target first() {
    return new Door(first.gateway().port(), false);
  }

  Target second() {
    return new Door(second.gateway().port(), false);
  }

  /** The second node reaches Redis no more: for the first it is as good as dead. */
  void cutOffSecond() {
    second.bean(RedisLink.class).close();
  }

  RedisProcess redis() {
    return redis;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    redis.close();
  }
}
