package io.tidegate.store;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * One channel with the rules and the store that hold for it at this moment. Ask anew for the next
 * request. Reads may block.
 *
 * @param durability the class in force; differs from the rules' own for 10 s after a change
 */
public record Held(
    TenantId tenant,
    ChannelId channel,
    Namespace rules,
    Durability durability,
    ChannelStore store,
    Retention keep) {

  public Optional<Head> head() {
    return store.head(channel, keep);
  }

  public Head open() {
    return store.open(tenant, channel, keep);
  }

  public List<Message> readForward(long from, int limit) {
    return keep.messages() == 0 ? List.of() : store.readForward(channel, from, limit, keep);
  }

  public List<Message> readBackward(long from, int limit) {
    return keep.messages() == 0 ? List.of() : store.readBackward(channel, from, limit, keep);
  }

  public long seqAt(long millis) {
    return store.seqAt(channel, millis, keep);
  }

  public void supersede(Epoch outrun) {
    store.supersede(tenant, channel, outrun);
  }

  public EpochStart renew(long floorSeq) {
    return store.renew(tenant, channel, floorSeq);
  }
}
