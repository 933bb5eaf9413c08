package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes down which channels a transaction has moved, for {@link JdbcTrail}. A node that is alone
 * does not: nobody reads it.
 */
enum JdbcCommits {
  KEPT(" INSERT INTO commits (log_ids) VALUES (?);"),
  NONE("");

  private static final String ADD =
      "INSERT INTO commits (log_ids) SELECT ARRAY[log_id] FROM channels"
          + " WHERE app_id = ? AND name = ?";

  private final String insert;

  JdbcCommits(String insert) {
    this.insert = insert;
  }

  /** A statement for a batch's last round trip; its one parameter, if any, are log ids. */
  String insert() {
    return insert;
  }

  void add(Connection connection, ChannelId channel) throws SQLException {
    if (this == NONE) {
      return;
    }
    try (PreparedStatement insertion = connection.prepareStatement(ADD)) {
      insertion.setLong(1, channel.app().number());
      insertion.setString(2, channel.name().value());
      insertion.executeUpdate();
    }
  }
}
