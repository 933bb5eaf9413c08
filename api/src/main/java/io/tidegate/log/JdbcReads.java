package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages by seq. What is too old for the retention is cut off here: since timestamps never
 * decrease along a channel, the first row of an ascending read says whether there is any.
 */
final class JdbcReads {
  private static final String COLUMNS =
      "m.seq, m.id, m.name, m.data, m.encoding, m.client_id, m.connection_id, m.published_at,"
          + " m.headers, m.exclude";

  private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  private static final JdbcTenantQuery FORWARD =
      new JdbcTenantQuery(
          "SELECT "
              + NOW
              + ", "
              + COLUMNS
              + " FROM channels c CROSS JOIN LATERAL (SELECT * FROM messages"
              + " WHERE log_id = c.log_id AND seq >= greatest(?, c.first_seq, c.last_seq - ? + 1)"
              + " ORDER BY seq LIMIT ?) m WHERE c.app_id = ? AND c.name = ? ORDER BY m.seq");

  private static final JdbcTenantQuery BACKWARD =
      new JdbcTenantQuery(
          "SELECT "
              + NOW
              + ", "
              + COLUMNS
              + " FROM channels c CROSS JOIN LATERAL (SELECT * FROM messages"
              + " WHERE log_id = c.log_id AND seq <= ? AND seq >= greatest(c.first_seq,"
              + " c.last_seq - ? + 1) ORDER BY seq DESC LIMIT ?) m"
              + " WHERE c.app_id = ? AND c.name = ? ORDER BY m.seq DESC");

  private final JdbcSession session;
  private final JdbcHeads heads;

  JdbcReads(JdbcSession session, JdbcHeads heads) {
    this.session = session;
    this.heads = heads;
  }

  /** Rows as they lie there, and the oldest timestamp that is kept now. */
  private record Page(List<Message> messages, long cutoff) {}

  List<Message> forward(TenantId tenant, ChannelId channel, long from, int limit, Retention keep) {
    Page page = page(FORWARD, tenant, channel, from, limit, keep);
    if (page.messages().isEmpty() || page.messages().getFirst().timestamp() >= page.cutoff()) {
      return page.messages();
    }
    long firstKept = heads.seqAt(tenant, channel, page.cutoff(), keep);
    return page(FORWARD, tenant, channel, Math.max(from, firstKept), limit, keep).messages();
  }

  List<Message> backward(TenantId tenant, ChannelId channel, long from, int limit, Retention keep) {
    Page page = page(BACKWARD, tenant, channel, from, limit, keep);
    return page.messages().stream().takeWhile(m -> m.timestamp() >= page.cutoff()).toList();
  }

  private Page page(
      JdbcTenantQuery query,
      TenantId tenant,
      ChannelId channel,
      long from,
      int limit,
      Retention keep) {
    return session.read(
        connection ->
            query.run(
                connection,
                tenant,
                statement -> {
                  int next = JdbcTenantQuery.FIRST;
                  statement.setLong(next++, from);
                  statement.setInt(next++, keep.messages());
                  statement.setInt(next++, limit);
                  statement.setLong(next++, channel.app().number());
                  statement.setString(next, channel.name().value());
                },
                row -> page(row, keep)));
  }

  private static Page page(ResultSet row, Retention keep) throws SQLException {
    List<Message> messages = new ArrayList<>();
    long cutoff = 0;
    while (row.next()) {
      cutoff = row.getLong(1) - keep.seconds() * 1_000;
      messages.add(message(row));
    }
    return new Page(messages, cutoff);
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getLong(2),
        row.getString(3),
        text(row.getBytes(4)),
        row.getBytes(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getLong(9),
        row.getBytes(10),
        row.getString(11));
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }
}
