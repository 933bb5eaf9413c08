package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.trace.UnitTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where messages come up from the broker. Called on its threads: never waits for a client. */
public interface BrokerListener {
  /**
   * Messages of one channel in seq order, without holes among themselves.
   *
   * @param trace of the unit they are, null unless it is traced
   */
  void onMessages(
      ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace);

  /** The channel's epoch has ended; the next message is {@code next.firstSeq} or later. */
  void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason);
}
