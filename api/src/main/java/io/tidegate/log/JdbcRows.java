package io.tidegate.log;

import io.tidegate.channel.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a batch from arrays, moves the heads and commits: in one round trip, unless
 * somebody has to hear of them before.
 */
final class JdbcRows {
  private static final String WRITE =
      "WITH input AS (SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[],"
          + " ?::bigint[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[], ?::text[],"
          + " ?::text[], ?::bytea[], ?::text[]) AS t(log_id, seq, day, expires_on, published_at,"
          + " id, digest, name, data, encoding, client_id, connection_id, headers, exclude)),"
          + " ids AS (INSERT INTO message_ids (log_id, id, day, seq, digest)"
          + " SELECT log_id, id, DATE 'epoch' + day, seq, digest FROM input)"
          + " INSERT INTO messages (log_id, seq, expires_on, published_at, id, name, data,"
          + " encoding, client_id, connection_id, headers, exclude)"
          + " SELECT log_id, seq, DATE 'epoch' + expires_on, published_at, id, name, data,"
          + " encoding, client_id, connection_id, headers, exclude FROM input;"
          + " UPDATE channels c SET last_seq = h.last_seq, last_timestamp = h.last_timestamp,"
          + " expires_on = greatest(c.expires_on, DATE 'epoch' + h.expires_on),"
          + " stored_bytes = c.stored_bytes + h.stored_bytes"
          + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::bigint[])"
          + " AS h(log_id, last_seq, last_timestamp, expires_on, stored_bytes) WHERE c.log_id = h.log_id;";

  private final JdbcCommits commits;
  private final Witness witness;
  private final String write;
  private final String writeAndCommit;

  JdbcRows(JdbcCommits commits, Witness witness) {
    this.commits = commits;
    this.witness = witness;
    this.write = WRITE + commits.insert();
    this.writeAndCommit = write + " COMMIT";
  }

  void writeAndCommit(Connection connection, BatchPlan plan) throws SQLException {
    if (plan.witnessed().isEmpty()) {
      write(connection, plan, writeAndCommit);
    } else {
      write(connection, plan, write);
      witness.stored(connection, plan.witnessed());
      connection.commit();
    }
  }

  private void write(Connection connection, BatchPlan plan, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = bindRows(statement, plan.rows());
      next = bindHeads(statement, next, plan.changed());
      if (commits == JdbcCommits.KEPT) {
        statement.setObject(next, logIds(plan.changed()));
      }
      statement.execute();
    }
  }

  private static int bindRows(PreparedStatement statement, List<BatchPlan.Row> rows)
      throws SQLException {
    int size = rows.size();
    long[] logIds = new long[size];
    long[] seqs = new long[size];
    int[] days = new int[size];
    int[] expiries = new int[size];
    long[] times = new long[size];
    String[] ids = new String[size];
    byte[][] digests = new byte[size][];
    byte[][] names = new byte[size][];
    byte[][] data = new byte[size][];
    @Nullable String[] encodings = new @Nullable String[size];
    @Nullable String[] clients = new @Nullable String[size];
    @Nullable String[] connections = new @Nullable String[size];
    byte[][] headers = new byte[size][];
    @Nullable String[] excludes = new @Nullable String[size];
    for (int i = 0; i < size; i++) {
      BatchPlan.Row row = rows.get(i);
      Message message = row.message();
      logIds[i] = row.logId();
      seqs[i] = message.seq();
      days[i] = row.day();
      expiries[i] = row.expiresOn();
      times[i] = message.timestamp();
      ids[i] = message.id();
      digests[i] = row.digest();
      names[i] = utf8(message.name());
      data[i] = message.data();
      encodings[i] = message.encoding();
      clients[i] = message.clientId();
      connections[i] = message.connectionId();
      headers[i] = message.headers();
      excludes[i] = message.exclude();
    }
    Object[] columns = {
      logIds,
      seqs,
      days,
      expiries,
      times,
      ids,
      digests,
      names,
      data,
      encodings,
      clients,
      connections,
      headers,
      excludes
    };
    for (int i = 0; i < columns.length; i++) {
      statement.setObject(i + 1, columns[i]);
    }
    return columns.length + 1;
  }

  private static int bindHeads(
      PreparedStatement statement, int first, List<BatchPlan.Channel> channels)
      throws SQLException {
    statement.setObject(first, logIds(channels));
    statement.setObject(first + 1, channels.stream().mapToLong(c -> c.lastSeq()).toArray());
    statement.setObject(first + 2, channels.stream().mapToLong(c -> c.timestamp()).toArray());
    statement.setObject(first + 3, channels.stream().mapToInt(c -> c.expiresOn()).toArray());
    statement.setObject(first + 4, channels.stream().mapToLong(c -> c.storedBytes()).toArray());
    return first + 5;
  }

  private static long[] logIds(List<BatchPlan.Channel> channels) {
    return channels.stream().mapToLong(c -> c.logId()).toArray();
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
