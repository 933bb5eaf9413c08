package io.tidegate.webhook.store;

import io.tidegate.channel.AppId;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Kind;
import io.tidegate.webhook.standing.StandingStore.Held;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of what stands: a fact each, with the names of the leases that hold it. Its lock makes
 * the changes of a fact follow each other. Callers give facts in their order, in which rows are
 * locked.
 */
final class JdbcStandingRows {
  static final int BEGUN = 2;
  static final int CHANGED = 1;

  private static final String HOLD =
      """
      INSERT INTO standings (tenant_id, app_id, kind, channel, item, data, rank, linger_ms, holders,
        news)
      SELECT a.tenant_id, f.app_id, f.kind, f.channel, f.item, f.data, f.rank, f.linger_ms,
        ARRAY[?]::text[], 2
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
          ?::integer[]) WITH ORDINALITY
        AS f(app_id, kind, channel, item, data, rank, linger_ms, n)
      JOIN apps a ON a.id = f.app_id AND a.deleted_at IS NULL
      ORDER BY f.n
      ON CONFLICT (app_id, kind, channel, item) DO UPDATE SET
        holders = CASE WHEN standings.holders @> EXCLUDED.holders THEN standings.holders
          ELSE standings.holders || EXCLUDED.holders END,
        news = CASE WHEN EXCLUDED.rank < standings.rank OR EXCLUDED.data = standings.data THEN 0
          ELSE 1 END,
        data = CASE WHEN EXCLUDED.rank < standings.rank THEN standings.data
          ELSE EXCLUDED.data END,
        rank = greatest(standings.rank, EXCLUDED.rank),
        linger_ms = EXCLUDED.linger_ms
      RETURNING app_id, kind, channel, item, data, news
      """;

  private static final String ASKED =
      "unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY"
          + " AS f(app_id, kind, channel, item, n)";

  private static final String SAME =
      " s.app_id = f.app_id AND s.kind = f.kind AND s.channel = f.channel AND s.item = f.item ";

  private static final String LOCK =
      "SELECT 1 FROM " + ASKED + " JOIN standings s ON" + SAME + "ORDER BY f.n FOR UPDATE OF s";

  private static final String REMOVE =
      "DELETE FROM standings s USING "
          + ASKED
          + " WHERE"
          + SAME
          + "AND s.holders = ARRAY[?]::text[] RETURNING s.app_id, s.kind, s.channel, s.item, s.data";

  private static final String LET_GO =
      "UPDATE standings s SET holders = array_remove(s.holders, ?::text) FROM "
          + ASKED
          + " WHERE"
          + SAME
          + "AND s.holders @> ARRAY[?]::text[] AND cardinality(s.holders) > 1";

  /** What is left of a lease that has ended and whose time to come back is over. */
  private static final String LEFT =
      """
      SELECT s.app_id, s.kind, s.channel, s.item
      FROM standing_leases l JOIN standings s ON s.holders @> ARRAY[?]::text[]
      WHERE l.holder = ?
        AND l.expires_at + s.linger_ms * interval '1 millisecond' <= clock_timestamp()
      LIMIT ?
      """;

  private JdbcStandingRows() {}

  /** What a statement says of a fact. */
  record Row(Fact fact, String data, int news) {}

  /** The holder holds them; says of each what is new about that. */
  static List<Row> hold(Connection connection, String holder, List<Held> held) throws SQLException {
    List<Fact> facts = held.stream().map(Held::fact).toList();
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setString(1, holder);
      int at = names(connection, hold, 2, facts);
      hold.setArray(
          at++,
          connection.createArrayOf(
              "text", held.stream().map(one -> one.holding().data()).toArray()));
      hold.setArray(
          at++,
          connection.createArrayOf(
              "bigint", held.stream().map(one -> one.holding().rank()).toArray()));
      hold.setArray(
          at,
          connection.createArrayOf(
              "integer", held.stream().map(one -> (int) one.linger().toMillis()).toArray()));
      try (ResultSet row = hold.executeQuery()) {
        return rows(row, true);
      }
    }
  }

  /** The holder holds them no more; returns those that nobody does. */
  static List<Row> release(Connection connection, String holder, List<Fact> facts)
      throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      names(connection, lock, 1, facts);
      lock.execute();
    }
    try (PreparedStatement letGo = connection.prepareStatement(LET_GO)) {
      letGo.setString(1, holder);
      letGo.setString(names(connection, letGo, 2, facts), holder);
      letGo.executeUpdate();
    }
    try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
      remove.setString(names(connection, remove, 1, facts), holder);
      try (ResultSet row = remove.executeQuery()) {
        return rows(row, false);
      }
    }
  }

  /** Some of what is to be taken out for a lease that has ended. */
  static List<Fact> left(Connection connection, String holder, int most) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LEFT)) {
      query.setString(1, holder);
      query.setString(2, holder);
      query.setInt(3, most);
      try (ResultSet row = query.executeQuery()) {
        List<Fact> left = new ArrayList<>();
        while (row.next()) {
          left.add(fact(row));
        }
        left.sort(Comparator.naturalOrder());
        return left;
      }
    }
  }

  /** Of a statement's rows, in the order of facts: so events of one channel keep theirs. */
  private static List<Row> rows(ResultSet row, boolean withNews) throws SQLException {
    List<Row> rows = new ArrayList<>();
    while (row.next()) {
      rows.add(new Row(fact(row), row.getString(5), withNews ? row.getInt(6) : 0));
    }
    rows.sort(Comparator.comparing(Row::fact));
    return rows;
  }

  private static Fact fact(ResultSet row) throws SQLException {
    return new Fact(
        new AppId(row.getString(1)),
        Kind.ofCode(row.getString(2)),
        row.getString(3),
        row.getString(4));
  }

  /** Sets the arrays that name facts; returns where the next parameter is. */
  private static int names(
      Connection connection, PreparedStatement statement, int first, List<Fact> facts)
      throws SQLException {
    int at = first;
    statement.setArray(
        at++,
        connection.createArrayOf(
            "bigint", facts.stream().map(fact -> fact.app().number()).toArray()));
    statement.setArray(
        at++,
        connection.createArrayOf("text", facts.stream().map(fact -> fact.kind().code()).toArray()));
    statement.setArray(
        at++, connection.createArrayOf("text", facts.stream().map(Fact::channel).toArray()));
    statement.setArray(
        at++, connection.createArrayOf("text", facts.stream().map(Fact::item).toArray()));
    return at;
  }
}
