package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the log stores, with it or not at all: called on its thread, between the rows of
 * a batch and their COMMIT, with its channels locked.
 */
public interface Witness {
  /** One that wants to hear of nothing. */
  Witness NOBODY =
      new Witness() {
        @Override
        public boolean wants(ChannelId channel) {
          return false;
        }

        @Override
        public void stored(@Nullable Connection connection, List<Stored> stored) {}
      };

  /** New messages of one channel, in seq order. */
  record Stored(ChannelId channel, Epoch epoch, List<Message> messages) {}

  /**
   * Whether it wants to hear of the channel; asked once for each append, on its caller's thread.
   *
   * @throws io.tidegate.problem.RefusedException when that cannot be said: nothing is stored
   */
  boolean wants(ChannelId channel);

  /**
   * Units of channels that it wants to hear of, in the order of the batch; never none. A batch that
   * is tried again is told again, and what was written before is gone. What it throws refuses the
   * batch.
   *
   * @param connection in the batch's transaction, with the system's role; null without a database
   */
  void stored(@Nullable Connection connection, List<Stored> stored) throws SQLException;
}
