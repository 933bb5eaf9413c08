package io.tidegate.webhook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Published;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.redis.RedisProcess;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.webhook.store.WebhookFixture;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outage of the control plane stops nobody who publishes into windows, and loses nothing. */
class PublishingGoesOnWithoutPostgresTest {
  private static final String DATABASE = "told_later";

  private final RedisProcess redis = RedisProcess.start();
  private final WebhookFixture fixture = new WebhookFixture(DATABASE);
  private final TellingNode one = new TellingNode(fixture, redis);
  private final TellingNode two = new TellingNode(fixture, redis);
  private final AppEntry app = fixture.app();
  private final Ledger ledger =
      new Ledger(
          DATABASE,
          fixture.make(app.appId(), URI.create("https://a.example"), null, 1).webhook().id());

  @AfterEach
  void close() throws SQLException {
    databaseAway(false);
    one.close();
    two.close();
    fixture.close();
    redis.close();
  }

  private static Published get(CompletionStage<Published> answer) {
    return answer.toCompletableFuture().join();
  }

  @Test
  void whatIsPublishedMeanwhileIsToldAfterwards() throws SQLException {
    one.knows(app);
    two.knows(app);
    ChannelId known = TellingNode.channel(app, "known");
    ChannelId fresh = TellingNode.channel(app, "fresh");
    get(one.publish(known, "a"));
    awaitTold("known", "a");
    databaseAway(true);
    for (int i = 0; i < 5; i++) {
      assertThat(get(one.publish(known, "k" + i)).fresh()).hasSize(1);
      assertThat(get(two.publish(fresh, "f" + i)).fresh()).hasSize(1);
    }
    databaseAway(false);
    awaitTold("known", "a", "k0", "k1", "k2", "k3", "k4");
    awaitTold("fresh", "f0", "f1", "f2", "f3", "f4");
    assertThat(one.herald.figures().postponed()).isPositive();
    assertThat(one.herald.figures().missed() + two.herald.figures().missed()).isZero();

    get(two.publish(known, "z"));
    awaitTold("known", "a", "k0", "k1", "k2", "k3", "k4", "z");
  }

  private void awaitTold(String channel, String... ids) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              one.sweep.step();
              two.sweep.step();
              assertThat(ledger.told(channel)).containsExactly(ids);
            });
  }

  private static void databaseAway(boolean away) throws SQLException {
    TestServer server = TestPostgres.server();
    try (Connection connection =
            DriverManager.getConnection(server.url("postgres"), server.user(), server.password());
        Statement sql = connection.createStatement()) {
      sql.execute("ALTER DATABASE \"" + DATABASE + "\" ALLOW_CONNECTIONS " + !away);
      if (away) {
        sql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + DATABASE
                + "'");
      }
    }
  }
}
