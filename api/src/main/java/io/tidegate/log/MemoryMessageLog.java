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
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The log without a database, for tests: everything stays in memory, without a bound, until the
 * process ends.
 */
public final class MemoryMessageLog implements MessageLog, ChannelStore {
  private final LongSupplier clock;
  private final Witness witness;

  /** Guarded by this, its channels included. */
  private final TreeMap<ChannelId, MemoryChannel> channels = new TreeMap<>();

  public MemoryMessageLog() {
    this(System::currentTimeMillis);
  }

  /** Until when channels have left, in ms. Guarded by this. */
  private final Map<ChannelId, Long> left = new HashMap<>();

  /**
   * @param clock ms since 1970
   */
  public MemoryMessageLog(LongSupplier clock) {
    this(clock, Witness.NOBODY);
  }

  MemoryMessageLog(LongSupplier clock, Witness witness) {
    this.clock = clock;
    this.witness = witness;
  }

  @Override
  public ChannelStore of(TenantId tenant) {
    return this;
  }

  @Override
  public synchronized CompletionStage<Published> append(
      PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    try {
      requireNotLeft(unit.channel());
      boolean witnessed = witness.wants(unit.channel());
      MemoryChannel channel = channel(unit.tenant(), unit.channel());
      Published answer = channel.append(unit, clock.getAsLong());
      if (witnessed && !answer.fresh().isEmpty()) {
        bearWitness(channel, new Witness.Stored(unit.channel(), answer.epoch(), answer.fresh()));
      }
      onCommit.accept(answer);
      return CompletableFuture.completedFuture(answer);
    } catch (RefusedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** With it or not at all. */
  private void bearWitness(MemoryChannel channel, Witness.Stored stored) {
    try {
      witness.stored(null, List.of(stored));
    } catch (SQLException | RuntimeException e) {
      channel.loseFrom(stored.messages().getFirst().seq());
      throw Refusals.storeUnavailable(e);
    }
  }

  @Override
  public synchronized long storedBytes(TenantId tenant) {
    return channels.values().stream()
        .filter(channel -> tenant.equals(channel.tenant()))
        .mapToLong(MemoryChannel::storedBytes)
        .sum();
  }

  private void requireNotLeft(ChannelId channel) {
    if (left.getOrDefault(channel, 0L) > clock.getAsLong()) {
      throw ChannelStore.left();
    }
  }

  private MemoryChannel channel(TenantId tenant, ChannelId id) {
    if (!channels.containsKey(id)) {
      requireNotLeft(id);
    }
    return channels.computeIfAbsent(
        id,
        unknown -> {
          MemoryChannel channel = new MemoryChannel(tenant);
          channel.renew(0);
          return channel;
        });
  }

  @Override
  public synchronized Optional<Head> head(ChannelId channel, Retention keep) {
    return Optional.ofNullable(channels.get(channel)).map(c -> c.head(keep, clock.getAsLong()));
  }

  @Override
  public synchronized Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return channel(tenant, channel).head(keep, clock.getAsLong());
  }

  @Override
  public synchronized List<Message> readForward(
      ChannelId channel, long from, int limit, Retention keep) {
    return kept(channel, keep).stream().filter(m -> m.seq() >= from).limit(limit).toList();
  }

  @Override
  public synchronized List<Message> readBackward(
      ChannelId channel, long from, int limit, Retention keep) {
    return kept(channel, keep).reversed().stream()
        .filter(m -> m.seq() <= from)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long seqAt(ChannelId channel, long millis, Retention keep) {
    MemoryChannel known = channels.get(channel);
    long behindLast = known == null ? 1 : known.lastSeq() + 1;
    return kept(channel, keep).stream()
        .filter(m -> m.timestamp() >= millis)
        .findFirst()
        .map(Message::seq)
        .orElse(behindLast);
  }

  private List<Message> kept(ChannelId channel, Retention keep) {
    MemoryChannel known = channels.get(channel);
    return known == null ? List.of() : known.kept(keep, clock.getAsLong());
  }

  @Override
  public synchronized EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    if (!channels.containsKey(channel)) {
      requireNotLeft(channel);
    }
    return channels.computeIfAbsent(channel, unknown -> new MemoryChannel(tenant)).renew(floorSeq);
  }

  @Override
  public synchronized long leave(TenantId tenant, ChannelId channel, Durability as) {
    left.put(channel, clock.getAsLong() + FENCE.toMillis());
    MemoryChannel known = channels.get(channel);
    return known == null ? 0 : known.lastSeq();
  }

  @Override
  public synchronized boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    if (channels.containsKey(channel)) {
      return false;
    }
    leave(tenant, channel, old);
    return true;
  }

  @Override
  public synchronized EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    MemoryChannel known = channels.computeIfAbsent(channel, any -> new MemoryChannel(tenant));
    if (!known.isHereBy(change)) {
      left.remove(channel);
    }
    return known.arrive(change, floorSeq);
  }

  @Override
  public synchronized void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    MemoryChannel known = channels.get(channel);
    if (known != null) {
      known.supersede(outrun);
    }
  }

  /** What putting back an older copy does: messages from {@code seq} on never were. */
  public synchronized void loseFrom(ChannelId channel, long seq) {
    MemoryChannel known = channels.get(channel);
    if (known != null) {
      known.loseFrom(seq);
    }
  }

  @Override
  public synchronized void forget(ChannelId channel) {
    channels.remove(channel);
  }

  @Override
  public synchronized List<ChannelName> known(AppId app, String after, int limit) {
    return list(app, after, limit, channel -> true);
  }

  @Override
  public synchronized List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return list(
        app,
        after,
        limit,
        channel ->
            channel.getKey().name().value().startsWith(prefix) && !channel.getValue().isEmpty());
  }

  private List<ChannelName> list(
      AppId app, String after, int limit, Predicate<Map.Entry<ChannelId, MemoryChannel>> wanted) {
    return channels.entrySet().stream()
        .filter(e -> e.getKey().app().equals(app) && wanted.test(e))
        .map(e -> e.getKey().name())
        .filter(name -> after.isEmpty() || name.compareTo(new ChannelName(after)) > 0)
        .limit(limit)
        .toList();
  }
}
