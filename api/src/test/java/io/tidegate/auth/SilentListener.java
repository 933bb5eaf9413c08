package io.tidegate.auth;

import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import java.util.List;

/** Nobody listens: these tests use the broker for its claims only. */
final class SilentListener implements BrokerListener {
  @Override
  public void onMessages(ChannelId channel, Epoch epoch, List<Message> messages) {}

  @Override
  public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {}
}
