package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.trace.UnitTrace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The port between nodes. Trusts its callers: rights, limits and rules have been checked. What it
 * carries to {@link BrokerListener} is a hint, in order per channel; truth is the store.
 */
public interface Broker extends ChannelStore, AutoCloseable {
  /**
   * Numbers, keeps as long as {@code keep} says ({@link Retention#NOTHING}: not at all) and fans
   * out, in one atomic step per unit. Calls for one channel made one after the other keep their
   * order.
   *
   * <p>Fails with {@code RefusedException} MESSAGE_ID_REUSED, STORE_UNAVAILABLE, OUTCOME_UNKNOWN,
   * or RULES_UNKNOWN when the channel has left the class that {@code keep} stands for.
   */
  CompletionStage<Published> publish(PublishUnit unit, Retention keep);

  /**
   * Fans out what the log has committed, in commit order per channel.
   *
   * @param trace of the unit, null unless it is traced
   */
  void announce(ChannelId channel, Epoch epoch, List<Message> committed, @Nullable UnitTrace trace);

  /** Tells every subscriber of the channel that its epoch has ended. */
  void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason);

  /** Names who hears what is carried; once, before the first subscription. */
  void listen(BrokerListener listener);

  /** Completes when messages published from now on reach this node's listener. */
  CompletionStage<Void> subscribe(ChannelId channel);

  /** The node has no subscriber of the channel any more. */
  void unsubscribe(ChannelId channel);

  /** True exactly once per name until the time is over: what makes a ticket single-use. */
  boolean claim(String name, Duration ttl);

  /** Bytes of windows kept in this process. */
  long windowBytes();

  @Override
  void close();
}
