package io.tidegate.log;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Begins and ends channels: each change is one short transaction under the channel's lock. */
final class JdbcRenewal {
  /** What a channel without messages is kept for, at the most. */
  private static final int DAYS_KEPT_EMPTY = 31;

  private static final String LOCK =
      "SELECT log_id, last_seq, (SELECT max(generation) FROM log_generations)"
          + " FROM channels WHERE app_id = ? AND name = ? FOR UPDATE";

  private static final String RENEW =
      "UPDATE channels SET log_id = DEFAULT, epoch_key = ?, first_seq = ?, last_seq = ?,"
          + " stored_bytes = 0,"
          + " expires_on = greatest(expires_on, (now() AT TIME ZONE 'UTC')::date + ?)"
          + " WHERE log_id = ?";

  private static final String FORGET =
      "WITH gone AS (DELETE FROM channels WHERE app_id = ? AND name = ? RETURNING log_id)"
          + " INSERT INTO log_erasures (log_id) SELECT log_id FROM gone";

  private static final String FORGET_ALL =
      "WITH gone AS (DELETE FROM channels WHERE log_id IN (SELECT log_id FROM channels"
          + " WHERE app_id = ? ORDER BY log_id LIMIT 1000 FOR UPDATE) RETURNING log_id)"
          + " INSERT INTO log_erasures (log_id) SELECT log_id FROM gone";

  private static final String ERASE = "INSERT INTO log_erasures (log_id) VALUES (?)";

  private final JdbcSession session;
  private final JdbcHeads heads;
  private final JdbcGenerations generations;
  private final JdbcCommits commits;

  JdbcRenewal(
      JdbcSession session, JdbcHeads heads, JdbcGenerations generations, JdbcCommits commits) {
    this.session = session;
    this.heads = heads;
    this.generations = generations;
    this.commits = commits;
  }

  Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return session.write(
        connection -> {
          generations.check(connection);
          JdbcChannelIds.create(connection, JdbcChannelIds.NewChannel.of(tenant, channel, keep));
          connection.commit();
          Optional<Head> head = heads.head(connection, tenant, channel, keep);
          return head.isPresent() ? head.get() : throwGone(connection, channel);
        });
  }

  EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return session.write(
        connection -> {
          generations.check(connection);
          EpochStart start = renew(connection, tenant, channel, floorSeq);
          connection.commit();
          return start;
        });
  }

  EpochStart renew(Connection connection, TenantId tenant, ChannelId channel, long floorSeq)
      throws SQLException {
    String created =
        JdbcChannelIds.create(
            connection,
            new JdbcChannelIds.NewChannel(tenant, channel, floorSeq + 1, DAYS_KEPT_EMPTY));
    EpochStart start =
        created == null
            ? renewKnown(connection, channel, floorSeq)
            : new EpochStart(new Epoch(created), floorSeq + 1);
    commits.add(connection, channel);
    return start;
  }

  /** There was nothing to begin, and there is nothing. */
  private static <T> T throwGone(Connection connection, ChannelId channel) throws SQLException {
    if (JdbcMoves.isLeft(connection, channel)) {
      throw ChannelStore.left();
    }
    throw new SQLException("the channel went at once", "40001");
  }

  /** The database as a whole is an older state of itself: the epochs of all its channels end. */
  void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    session.write(
        connection -> {
          generations.check(connection);
          // Of two nodes that find it out the second finds it done.
          JdbcGenerations.lock(connection);
          Optional<Head> head = heads.head(connection, tenant, channel, Retention.NOTHING);
          if (head.isPresent() && head.get().epoch().equals(outrun)) {
            JdbcGenerations.begin(
                connection, "a node had messages that the database does not have");
          }
          return true;
        });
  }

  private static EpochStart renewKnown(Connection connection, ChannelId channel, long floorSeq)
      throws SQLException {
    long logId;
    long lastSeq;
    int generation;
    try (PreparedStatement query = connection.prepareStatement(LOCK)) {
      query.setLong(1, channel.app().number());
      query.setString(2, channel.name().value());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return throwGone(connection, channel);
        }
        logId = row.getLong(1);
        lastSeq = Math.max(row.getLong(2), floorSeq);
        generation = row.getInt(3);
      }
    }
    String key = EpochNames.randomKey();
    Epoch epoch = EpochNames.of(key, generation);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE channels SET last_seq = ? WHERE log_id = ?")) {
      update.setLong(1, lastSeq);
      update.setLong(2, logId);
      update.executeUpdate();
    }
    JdbcEpochs.begin(connection, logId, epoch.value(), generation);
    try (PreparedStatement update = connection.prepareStatement(RENEW)) {
      update.setString(1, key);
      update.setLong(2, lastSeq + 1);
      update.setLong(3, lastSeq);
      update.setInt(4, DAYS_KEPT_EMPTY);
      update.setLong(5, logId);
      update.executeUpdate();
    }
    erase(connection, logId);
    return new EpochStart(epoch, lastSeq + 1);
  }

  private static void erase(Connection connection, long logId) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ERASE)) {
      insert.setLong(1, logId);
      insert.executeUpdate();
    }
  }

  void forget(ChannelId channel) {
    session.write(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, channel.app().number());
            delete.setString(2, channel.name().value());
            delete.executeUpdate();
          }
          connection.commit();
          return true;
        });
  }

  void forgetAll(AppId app) {
    int gone;
    do {
      gone =
          session.write(
              connection -> {
                try (PreparedStatement delete = connection.prepareStatement(FORGET_ALL)) {
                  delete.setLong(1, app.number());
                  int rows = delete.executeUpdate();
                  connection.commit();
                  return rows;
                }
              });
    } while (gone > 0);
  }
}
