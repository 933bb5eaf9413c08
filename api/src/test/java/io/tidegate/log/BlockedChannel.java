package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Holds a channel's lock, so that its lane waits and what comes meanwhile becomes one batch. */
final class BlockedChannel implements AutoCloseable {
  private final Connection connection;

  BlockedChannel(LogDatabase database, ChannelId channel) throws SQLException {
    connection = database.connect();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT FROM channels WHERE name = ? FOR UPDATE")) {
      lock.setString(1, channel.name().value());
      lock.executeQuery().close();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
