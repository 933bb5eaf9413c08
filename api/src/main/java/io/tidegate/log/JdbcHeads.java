package io.tidegate.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where channels end and how far back they go. */
final class JdbcHeads {
  /** About 150 bytes each. What falls out is searched again. */
  private static final int CACHED = 50_000;

  /** The search begins where the last one ended, unless the channel has another log since. */
  private static final JdbcTenantQuery HEAD =
      new JdbcTenantQuery(
          "SELECT c.log_id, c.epoch_key, c.generation, c.epochs, c.epoch_first_seqs, c.last_seq,"
              + " (SELECT max(generation) FROM log_generations),"
              + " CASE WHEN c.last_timestamp < p.cutoff THEN c.last_seq + 1"
              + " ELSE log_seq_at(c.log_id, greatest(c.first_seq, c.last_seq - ? + 1,"
              + " CASE WHEN c.log_id = ? THEN ? ELSE 0 END), c.last_seq, p.cutoff) END"
              + " FROM channels c, (SELECT greatest(?,"
              + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint - ?)) p(cutoff)"
              + " WHERE c.app_id = ? AND c.name = ?");

  private static final JdbcTenantQuery LIST =
      new JdbcTenantQuery(
          "SELECT name FROM channels WHERE app_id = ? AND name > ? AND name >= ?"
              + " AND (?::text IS NULL OR name < ?) AND last_seq >= first_seq ORDER BY name LIMIT ?");

  private static final JdbcTenantQuery KNOWN =
      new JdbcTenantQuery(
          "SELECT name FROM channels WHERE app_id = ? AND name > ? ORDER BY name LIMIT ?");

  private static final JdbcTenantQuery STORED_BYTES =
      new JdbcTenantQuery(
          "SELECT coalesce(sum(stored_bytes), 0)::bigint FROM channels WHERE tenant_id = ?");

  private final JdbcSession session;
  private final Cache<Key, Hint> hints = Caffeine.newBuilder().maximumSize(CACHED).build();

  JdbcHeads(JdbcSession session) {
    this.session = session;
  }

  private record Key(TenantId tenant, ChannelId channel, Retention keep) {}

  /** Everything below {@code seq} was too old already. */
  private record Hint(long logId, long seq) {
    static final Hint NONE = new Hint(0, 0);
  }

  /** A row of channels; {@code first} is the first seq that was asked for. */
  private record Found(long logId, List<EpochStart> epochs, long first, long lastSeq) {}

  Optional<Head> head(TenantId tenant, ChannelId channel, Retention keep) {
    return session.read(connection -> head(connection, tenant, channel, keep));
  }

  Optional<Head> head(Connection connection, TenantId tenant, ChannelId channel, Retention keep)
      throws SQLException {
    Key key = new Key(tenant, channel, keep);
    Hint hint = hints.getIfPresent(key);
    Optional<Found> known = find(connection, key, Long.MIN_VALUE, hint == null ? Hint.NONE : hint);
    known.ifPresent(found -> hints.put(key, new Hint(found.logId(), found.first())));
    return known.map(found -> new Head(found.epochs(), found.first(), found.lastSeq()));
  }

  long seqAt(TenantId tenant, ChannelId channel, long millis, Retention keep) {
    Key key = new Key(tenant, channel, keep);
    return session
        .read(connection -> find(connection, key, millis, Hint.NONE))
        .map(Found::first)
        .orElse(1L);
  }

  private static Optional<Found> find(Connection connection, Key key, long millis, Hint hint)
      throws SQLException {
    return HEAD.run(
        connection,
        key.tenant(),
        statement -> {
          int next = JdbcTenantQuery.FIRST;
          statement.setInt(next++, key.keep().messages());
          statement.setLong(next++, hint.logId());
          statement.setLong(next++, hint.seq());
          statement.setLong(next++, millis);
          statement.setLong(next++, key.keep().seconds() * 1_000);
          statement.setLong(next++, key.channel().app().number());
          statement.setString(next, key.channel().name().value());
        },
        row -> row.next() ? Optional.of(found(row)) : Optional.empty());
  }

  private static Found found(ResultSet row) throws SQLException {
    long lastSeq = row.getLong(6);
    List<EpochStart> epochs = epochs(row.getArray(4), row.getArray(5));
    int newest = row.getInt(7);
    if (row.getInt(3) != newest) {
      epochs.add(new EpochStart(EpochNames.of(row.getString(2), newest), lastSeq + 1));
      if (epochs.size() > Head.MAX_EPOCHS) {
        epochs.removeFirst();
      }
    }
    return new Found(row.getLong(1), epochs, row.getLong(8), lastSeq);
  }

  private static List<EpochStart> epochs(Array names, Array firstSeqs) throws SQLException {
    String[] epochs = (String[]) names.getArray();
    Long[] seqs = (Long[]) firstSeqs.getArray();
    List<EpochStart> starts = new ArrayList<>();
    for (int i = 0; i < epochs.length; i++) {
      starts.add(new EpochStart(new Epoch(epochs[i]), seqs[i]));
    }
    return starts;
  }

  long storedBytes(TenantId tenant) {
    return session.read(
        connection ->
            STORED_BYTES.run(
                connection,
                tenant,
                statement -> statement.setObject(JdbcTenantQuery.FIRST, tenant.value()),
                row -> {
                  row.next();
                  return row.getLong(1);
                }));
  }

  /** By a range of names, which the index answers, in order of code points. */
  List<ChannelName> list(TenantId tenant, AppId app, String prefix, String after, int limit) {
    String end = PrefixEnd.of(prefix);
    return session.read(
        connection ->
            LIST.run(
                connection,
                tenant,
                statement -> {
                  int next = JdbcTenantQuery.FIRST;
                  statement.setLong(next++, app.number());
                  statement.setString(next++, after);
                  statement.setString(next++, prefix);
                  statement.setString(next++, end);
                  statement.setString(next++, end);
                  statement.setInt(next, limit);
                },
                JdbcHeads::names));
  }

  /** Empty ones too. */
  List<ChannelName> known(TenantId tenant, AppId app, String after, int limit) {
    return session.read(
        connection ->
            KNOWN.run(
                connection,
                tenant,
                statement -> {
                  int next = JdbcTenantQuery.FIRST;
                  statement.setLong(next++, app.number());
                  statement.setString(next++, after);
                  statement.setInt(next, limit);
                },
                JdbcHeads::names));
  }

  private static List<ChannelName> names(ResultSet row) throws SQLException {
    List<ChannelName> names = new ArrayList<>();
    while (row.next()) {
      names.add(new ChannelName(row.getString(1)));
    }
    return names;
  }
}
