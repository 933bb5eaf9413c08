package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import java.util.List;

/** Where messages come up from the broker. Called on its threads: never waits for a client. */
public interface BrokerListener {
  /** Messages of one channel in seq order, without holes among themselves. */
  void onMessages(ChannelId channel, Epoch epoch, List<Message> messages);

  /** The channel's epoch has ended; the next message is {@code next.firstSeq} or later. */
  void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason);
}
