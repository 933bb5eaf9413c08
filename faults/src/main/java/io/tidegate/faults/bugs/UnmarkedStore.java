package io.tidegate.faults.bugs;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.util.List;
import java.util.Optional;

/** What {@link ForgetfulLog} has kept, as its publishers know it. */
record UnmarkedStore(ChannelStore store) implements ChannelStore {
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
    return unmarked(store.readForward(channel, from, limit, keep));
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return unmarked(store.readBackward(channel, from, limit, keep));
  }

  private static List<Message> unmarked(List<Message> messages) {
    return messages.stream().map(ForgetfulLog::unmarked).toList();
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
  public List<ChannelName> known(AppId app, String after, int limit) {
    return store.known(app, after, limit);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return store.list(app, prefix, after, limit);
  }
}
