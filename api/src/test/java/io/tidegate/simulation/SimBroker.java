package io.tidegate.simulation;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node's broker, as far as its hub and replay ask for it; the simulation publishes by itself.
 *
 * @param confirm told what to do once the subscription has been taken
 * @param drop told that there is no subscription any more
 */
record SimBroker(SimStore store, Consumer<Runnable> confirm, Runnable drop) implements Broker {
  @Override
  public CompletionStage<Void> subscribe(ChannelId channel) {
    CompletableFuture<Void> carried = new CompletableFuture<>();
    confirm.accept(() -> carried.complete(null));
    return carried;
  }

  @Override
  public void unsubscribe(ChannelId channel) {
    drop.run();
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return store.head(channel, keep);
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return store.open(tenant, channel, keep);
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    return store.readForward(channel, from, limit, keep);
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return store.readBackward(channel, from, limit, keep);
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    return store.seqAt(channel, millis, keep);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return store.renew(tenant, channel, floorSeq);
  }

  @Override
  public long leave(TenantId tenant, ChannelId channel, Durability left) {
    return store.leave(tenant, channel, left);
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    return store.shun(tenant, channel, old);
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    return store.arrive(tenant, channel, as, change, floorSeq);
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    store.supersede(tenant, channel, outrun);
  }

  @Override
  public void forget(ChannelId channel) {
    store.forget(channel);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return store.list(app, prefix, after, limit);
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void announce(
      ChannelId channel, Epoch epoch, List<Message> committed, @Nullable UnitTrace trace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void listen(BrokerListener listener) {}

  @Override
  public boolean claim(String name, Duration ttl) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long windowBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
