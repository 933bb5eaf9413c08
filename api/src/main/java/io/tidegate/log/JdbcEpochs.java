package io.tidegate.log;

import io.tidegate.channel.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes a channel's next epoch down, keeping the last {@link Head#MAX_EPOCHS}. */
final class JdbcEpochs {
  private static final String BEGIN =
      "UPDATE channels SET generation = ?,"
          + " epochs = (epochs || ?)[greatest(1, cardinality(epochs) + 2 - "
          + Head.MAX_EPOCHS
          + "):],"
          + " epoch_first_seqs = (epoch_first_seqs || last_seq + 1)"
          + "[greatest(1, cardinality(epochs) + 2 - "
          + Head.MAX_EPOCHS
          + "):] WHERE log_id = ?";

  private JdbcEpochs() {}

  static void begin(Connection connection, long logId, String epoch, int generation)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(BEGIN)) {
      update.setInt(1, generation);
      update.setString(2, epoch);
      update.setLong(3, logId);
      update.executeUpdate();
    }
  }
}
