package io.tidegate.log;

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

/** The log as one tenant has it: reads name the tenant to the database. */
record JdbcTenantLog(
    TenantId owner, JdbcHeads heads, JdbcReads reads, JdbcRenewal renewal, JdbcMoves moves)
    implements ChannelStore {
  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return heads.head(owner, channel, keep);
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return head(channel, keep).orElseGet(() -> renewal.open(tenant, channel, keep));
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    return reads.forward(owner, channel, from, limit, keep);
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return reads.backward(owner, channel, from, limit, keep);
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    return heads.seqAt(owner, channel, millis, keep);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return renewal.renew(tenant, channel, floorSeq);
  }

  @Override
  public long leave(TenantId tenant, ChannelId channel, Durability left) {
    return moves.leave(channel);
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    return moves.shun(channel);
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    return moves.arrive(tenant, channel, change, floorSeq);
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    renewal.supersede(tenant, channel, outrun);
  }

  @Override
  public void forget(ChannelId channel) {
    renewal.forget(channel);
  }

  @Override
  public List<ChannelName> known(AppId app, String after, int limit) {
    return heads.known(owner, app, after, limit);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return heads.list(owner, app, prefix, after, limit);
  }
}
