package io.tidegate.faults.bugs;

import io.tidegate.broker.Broker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** All windows have one epoch, for ever. */
final class OneEpochBroker extends OtherBroker {
  static final Epoch EPOCH = new Epoch("one");

  OneEpochBroker(Broker broker) {
    super(broker);
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    return super.publish(unit, keep)
        .thenApply(done -> new Published(EPOCH, done.items(), done.fresh()));
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return super.head(channel, keep).map(OneEpochBroker::one);
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return one(super.open(tenant, channel, keep));
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return new EpochStart(EPOCH, super.renew(tenant, channel, floorSeq).firstSeq());
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    return new EpochStart(EPOCH, super.arrive(tenant, channel, as, change, floorSeq).firstSeq());
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    // It goes on as if nothing had happened.
  }

  @Override
  public void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    // None has ended.
  }

  private static Head one(Head head) {
    return new Head(List.of(new EpochStart(EPOCH, 1)), head.firstSeq(), head.lastSeq());
  }
}
