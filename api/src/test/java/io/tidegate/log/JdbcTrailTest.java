package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.DAYS_30;
import static io.tidegate.log.MessageLogContract.TENANT;
import static io.tidegate.log.MessageLogContract.await;
import static io.tidegate.log.MessageLogContract.draft;
import static io.tidegate.log.MessageLogContract.freshChannel;
import static io.tidegate.log.MessageLogContract.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.channel.Trail;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node has committed, another reads from the trail, however late the commit came. */
class JdbcTrailTest {
  private final ChannelId channel = freshChannel();
  private LogDatabase database;
  private JdbcMessageLog writer;
  private JdbcMessageLog reader;
  private JdbcTrail trail;

  @BeforeEach
  void open() throws SQLException {
    database = LogDatabase.fresh("log_trail");
    writer = database.log(LogDatabase.PATIENT);
    reader = database.log(LogDatabase.PATIENT);
    writer.check();
    trail = reader.trail();
  }

  @AfterEach
  void close() {
    writer.close();
    reader.close();
  }

  @Test
  void beginsIncompleteAndThenSaysWhereChannelsAreOnce() {
    assertThat(trail.next().complete()).isFalse();
    append(channel, "a");
    Published last = append(channel, "b");
    ChannelId second = freshChannel();
    append(second, "a");
    Trail.Step step = trail.next();
    assertThat(step.complete()).isTrue();
    assertThat(step.changed()).containsOnlyKeys(channel, second);
    assertThat(step.changed()).containsEntry(channel, new Position(last.epoch(), 2));
    assertThat(trail.next()).isEqualTo(new Trail.Step(Map.of(), true));
  }

  @Test
  void aRenewedChannelIsInItByItsNewEpoch() {
    append(channel, "a");
    trail.next();
    EpochStart next = writer.of(TENANT).renew(TENANT, channel, 0);
    assertThat(trail.next().changed())
        .containsExactly(Map.entry(channel, new Position(next.epoch(), 1)));
  }

  @Test
  void aCommitThatWasUnderWayDuringTwoStepsIsReadOnce() throws SQLException {
    append(channel, "a");
    trail.next();
    try (Connection slow = database.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("SELECT set_config('role', tidegate_system_role(), false)");
      statement.execute("INSERT INTO commits (log_ids) SELECT array_agg(log_id) FROM channels");
      ChannelId second = freshChannel();
      append(second, "a");
      assertThat(trail.next().changed()).containsOnlyKeys(second);
      assertThat(trail.next().changed()).isEmpty();
      slow.commit();
      assertThat(trail.next().changed()).containsOnlyKeys(channel);
      assertThat(trail.next().changed()).isEmpty();
    }
  }

  @Test
  void anotherGenerationLeavesNothingCertain() {
    Published before = append(channel, "a");
    trail.next();
    writer.restored();
    assertThat(trail.next().complete()).isFalse();
    Position now =
        Objects.requireNonNull(
            trail.positions(List.of(channel)).found().get(channel), "no position");
    assertThat(now).isEqualTo(reader.of(TENANT).head(channel, DAYS_30).orElseThrow().position());
    assertThat(now.epoch()).isNotEqualTo(before.epoch());
    assertThat(trail.next().complete()).isTrue();
  }

  @Test
  void saysWhereChannelsAreThatItIsAskedFor() {
    Position at = new Position(append(channel, "a").epoch(), 1);
    assertThat(trail.positions(List.of(channel, freshChannel())).found())
        .isEqualTo(Map.of(channel, at));
  }

  @Test
  void rowsGoAfterFiveMinutes() throws SQLException {
    append(channel, "a");
    append(channel, "b");
    String first = "SELECT min(xid::text::bigint) FROM commits";
    database.run(
        "SELECT set_config('role', tidegate_system_role(), false);"
            + " UPDATE commits SET at = at - interval '6 minutes' WHERE xid::text::bigint = ("
            + first
            + ")");
    trail.clean();
    assertThat(database.count("SELECT count(*) FROM commits")).isEqualTo(1);
  }

  private Published append(ChannelId to, String id) {
    return await(writer.append(unit(to, draft(id, "1")), DAYS_30, published -> {}));
  }
}
