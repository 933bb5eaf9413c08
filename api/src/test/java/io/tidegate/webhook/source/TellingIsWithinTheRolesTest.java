package io.tidegate.webhook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.TestContext;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Retention;
import io.tidegate.limit.WarningSink;
import io.tidegate.log.MessageLog;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.store.WebhookFixture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a user as operators give it, whom row-level security does not let through. */
class TellingIsWithinTheRolesTest {
  private static final String DATABASE = "told_by_owner";
  private static final Retention KEEP = new Retention(Integer.MAX_VALUE, 86_400);

  private final WebhookFixture fixture =
      new WebhookFixture(DATABASE, TestContext.startAsOwner(DATABASE));
  private final TellingNode node = new TellingNode(fixture, null);
  private final AppEntry app = fixture.app();
  private final Ledger ledger =
      new Ledger(
          DATABASE,
          fixture.make(app.appId(), URI.create("https://a.example"), null, 1).webhook().id());

  @AfterEach
  void close() {
    node.close();
    fixture.close();
  }

  @Test
  void messagesOfTheLogAndOfWindowsAndWarningsAreWritten() {
    Draft draft = new Draft("a", null, "1".getBytes(), null, null, null, null, null);
    fixture
        .bean(MessageLog.class)
        .append(
            new PublishUnit(app.tenant(), TellingNode.channel(app, "log"), List.of(draft)),
            KEEP,
            published -> {})
        .toCompletableFuture()
        .join();
    assertThat(ledger.told("log")).containsExactly("a");

    node.knows(app);
    node.publishAndDie(TellingNode.channel(app, "window"), "a");
    node.publish(TellingNode.channel(app, "window"), "b").toCompletableFuture().join();
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              node.sweep.step();
              assertThat(ledger.told("window")).containsExactly("a", "b");
            });

    Runnable warning =
        fixture.bean(WarningSink.class).prepare(app.tenant(), Limit.CHANNELS, 80, 100);
    fixture
        .bean(JdbcWork.class)
        .write(
            Reach.of(app.tenant()),
            () -> {
              warning.run();
              return 0;
            });
    assertThat(ledger.of(":").toString())
        .isEqualTo("[{\"limit\":\"channels\",\"value\":80,\"of\":100}]");
  }

  @Test
  void cursorsThatStandForNothingAreForgotten() {
    node.knows(app);
    node.publish(TellingNode.channel(app, "old"), "a").toCompletableFuture().join();
    node.publish(TellingNode.channel(app, "new"), "a").toCompletableFuture().join();
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              node.sweep.step();
              assertThat(cursors()).containsExactly("new", "old");
            });
    ledger.texts(
        "UPDATE webhook_cursors SET moved_at = moved_at - interval '3 days'"
            + " WHERE channel = 'old' RETURNING channel");
    fixture.bean(JdbcCursors.class).forget();
    assertThat(cursors()).containsExactly("new");
  }

  private List<String> cursors() {
    return ledger.texts("SELECT channel FROM webhook_cursors ORDER BY channel");
  }
}
