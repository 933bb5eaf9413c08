package io.tidegate.faults.bugs;

import io.tidegate.broker.Broker;
import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.trace.UnitTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A broker by another; what is wrong with it is overridden. */
abstract class OtherBroker implements Broker {
  final Broker broker;

  OtherBroker(Broker broker) {
    this.broker = broker;
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    return broker.publish(unit, keep);
  }

  @Override
  public void announce(
      ChannelId channel, Epoch epoch, List<Message> committed, @Nullable UnitTrace trace) {
    broker.announce(channel, epoch, committed, trace);
  }

  @Override
  public void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    broker.announceEpoch(channel, next, reason);
  }

  @Override
  public void listen(BrokerListener listener) {
    broker.listen(listener);
  }

  @Override
  public CompletionStage<Void> subscribe(ChannelId channel) {
    return broker.subscribe(channel);
  }

  @Override
  public void unsubscribe(ChannelId channel) {
    broker.unsubscribe(channel);
  }

  @Override
  public boolean claim(String name, Duration ttl) {
    return broker.claim(name, ttl);
  }

  @Override
  public long windowBytes() {
    return broker.windowBytes();
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return broker.head(channel, keep);
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return broker.open(tenant, channel, keep);
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    return broker.readForward(channel, from, limit, keep);
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return broker.readBackward(channel, from, limit, keep);
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    return broker.seqAt(channel, millis, keep);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return broker.renew(tenant, channel, floorSeq);
  }

  @Override
  public long leave(TenantId tenant, ChannelId channel, Durability left) {
    return broker.leave(tenant, channel, left);
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    return broker.shun(tenant, channel, old);
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    return broker.arrive(tenant, channel, as, change, floorSeq);
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    broker.supersede(tenant, channel, outrun);
  }

  @Override
  public void forget(ChannelId channel) {
    broker.forget(channel);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return broker.list(app, prefix, after, limit);
  }

  @Override
  public void close() {
    broker.close();
  }
}
