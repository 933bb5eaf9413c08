package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.trace.UnitTrace;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A listener that remembers what it heard. */
final class Heard implements BrokerListener {
  private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  record Run(ChannelId channel, Epoch epoch, List<Message> messages) {}

  record Ended(ChannelId channel, EpochStart next, EpochEnd reason) {}

  @Override
  public void onMessages(
      ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
    runs.add(new Run(channel, epoch, messages));
  }

  @Override
  public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    ended.add(new Ended(channel, next, reason));
  }

  List<Long> seqs(ChannelId channel) {
    return runs.stream()
        .filter(run -> run.channel.equals(channel))
        .flatMap(run -> run.messages.stream())
        .map(Message::seq)
        .toList();
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Of the first message that came last; empty before there is one. */
  String lastId() {
    List<Run> all = runs();
    return all.isEmpty() ? "" : all.getLast().messages().getFirst().id();
  }

  List<Ended> ended() {
    return List.copyOf(ended);
  }
}
