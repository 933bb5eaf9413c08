package io.tidegate.cluster;

import io.tidegate.TestGateway;
import io.tidegate.channel.AppId;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.log.CutProxy;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.presence.RedisPresence;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Two gateways of this JVM over one Redis and one database. */
final class TwoNodes implements AutoCloseable {
  private final RedisProcess redis = RedisProcess.start();
  private final TestGateway first;
  private final TestGateway second;

  /** Between the second node and PostgreSQL. */
  private final CutProxy way;

  private TwoNodes(String database) {
    TestServer server = TestPostgres.server();
    way = CutProxy.to(server.port());
    Map<String, String> variables = new HashMap<>();
    variables.put("TIDEGATE_REDIS_URL", redis.url());
    variables.put("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");
    first = TestGateway.start(database, variables);
    TestServer behind = new TestServer("127.0.0.1", way.port(), server.user(), server.password());
    variables.put("TIDEGATE_DATABASE_URL", behind.url(database));
    second = TestGateway.over(database, variables);
    // Until a node's lease has begun its connections are nobody's to the other.
    for (TestGateway node : List.of(first, second)) {
      RedisPresence presence = node.bean(RedisPresence.class);
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> presence.leaseTerm() > 0);
    }
  }

  static TwoNodes start(String database) {
    return new TwoNodes(database);
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

  /** The second node does not reach PostgreSQL, until it is allowed to. */
  void cutDatabaseOfSecond(boolean cut) {
    way.refuse(cut);
    way.rule((direction, piece) -> cut ? CutProxy.Verdict.CUT : CutProxy.Verdict.FORWARD);
  }

  /** The second node has read whatever was told until now. */
  void awaitToldToSecond() {
    long head = first.bean(JdbcCommands.class).read();
    JdbcCommands commands = second.bean(JdbcCommands.class);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> commands.last() >= head);
  }

  /** Both go by the newest rules of the app alone: none is to take effect any more. */
  void awaitRulesInEffect(TestApp app) {
    awaitToldToSecond();
    AppId id = new AppId(app.id());
    for (TestGateway node : List.of(first, second)) {
      Directory directory = node.bean(Directory.class);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> directory.rules(id).superseded().isEmpty());
    }
  }

  <T> T beanOfSecond(Class<T> type) {
    return second.bean(type);
  }

  RedisProcess redis() {
    return redis;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    redis.close();
    way.close();
  }
}
