package io.tidegate.hub;

import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.trace.UnitTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a broker between nodes does to its hints: they wait here until the test hands them on, in
 * any order, twice or never.
 */
final class Hints implements BrokerListener {
  private final BrokerListener hub;
  private final List<Runnable> waiting = new ArrayList<>();

  Hints(BrokerListener hub) {
    this.hub = hub;
  }

  @Override
  public void onMessages(
      ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
    waiting.add(() -> hub.onMessages(channel, epoch, messages, trace));
  }

  @Override
  public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    waiting.add(() -> hub.onEpoch(channel, next, reason));
  }

  int size() {
    return waiting.size();
  }

  void handOn(int index) {
    waiting.remove(index).run();
  }

  void handOnAndKeep(int index) {
    waiting.get(index).run();
  }

  void lose(int index) {
    waiting.remove(index);
  }
}
