package io.tidegate.limit;

import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Directory;
import java.util.HashSet;
import java.util.Set;

/** Channels that a test says are there, whoever's they are. */
public final class MemoryCensus implements Census {
  public final Set<ChannelId> open = new HashSet<>();

  /** What a test says is stored, and how often somebody asked. */
  public long stored;

  public int measures;

  /** Quotas by the directory's limits, of a node where no channel is open. */
  public static Quotas quotas(Directory directory) {
    return new Quotas(
        directory, new MemoryAllowances(System::nanoTime), new MemoryCensus(), System::nanoTime);
  }

  @Override
  public Set<ChannelId> channels(TenantId tenant, long most) {
    Set<ChannelId> some = new HashSet<>();
    open.stream().limit(most).forEach(some::add);
    return some;
  }

  @Override
  public long storedBytes(TenantId tenant) {
    measures++;
    return stored;
  }

  @Override
  public boolean isOpen(ChannelId channel) {
    return open.contains(channel);
  }
}
