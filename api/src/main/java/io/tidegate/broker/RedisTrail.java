package io.tidegate.broker;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.channel.Trail;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The trail of the windows: a capped list in each partition, to which every script appends where it
 * has left a channel. Read a partition at a time, so that with a primary away the others are read.
 */
public final class RedisTrail implements Trail {
  private static final RedisScript TRAIL = RedisScript.of("channel", "trail");
  private static final RedisScript HEADS = RedisScript.of("channel", "heads");

  /** A server that stands still must not keep the other store's trail from being read. */
  private static final int WAIT_MILLIS = 1_000;

  private final RedisLink link;
  private final RedisArguments arguments;
  private final @Nullable Place[] places = new @Nullable Place[RedisChannel.PARTITIONS];

  public RedisTrail(RedisLink link) {
    this.link = link;
    this.arguments = RedisArguments.of(() -> 0, link.servers().isCluster());
  }

  /**
   * How far a partition has been read.
   *
   * @param server the replication id: one that was restarted, promoted or loaded from a copy has
   *     another
   * @param last the number of the last entry
   */
  private record Place(String server, long last) {}

  @Override
  public Step next() {
    List<CompletionStage<List<Object>>> answers = new ArrayList<>();
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      answers.add(ask(partition));
    }
    Map<ChannelId, Position> changed = new HashMap<>();
    boolean complete = true;
    RuntimeException failure = null;
    int failed = 0;
    for (int partition = 0; partition < answers.size(); partition++) {
      try {
        complete &= take(partition, await(answers.get(partition)), changed);
      } catch (RuntimeException e) {
        failure = e;
        failed++;
      }
    }
    if (failure != null && failed == answers.size()) {
      throw failure;
    }
    return new Step(changed, complete);
  }

  private CompletionStage<List<Object>> ask(int partition) {
    Place place = places[partition];
    List<byte[]> args = arguments.begin();
    args.add(RedisArguments.of(place == null ? -1 : place.last()));
    return eval(
        TRAIL,
        List.of(RedisChannel.trail(partition), RedisChannel.trailEnd(partition)),
        args.toArray(byte[][]::new));
  }

  private boolean take(int partition, List<Object> answer, Map<ChannelId, Position> changed) {
    Place before = places[partition];
    Place now = new Place(text(answer.get(0)), Long.parseLong(text(answer.get(1))));
    List<Object> entries = answer.subList(2, answer.size());
    places[partition] = now;
    if (before == null
        || !now.server().equals(before.server())
        || entries.size() != now.last() - before.last()) {
      return false;
    }
    for (Object entry : entries) {
      // seq, epoch, app/name
      String[] parts = text(entry).split(" ", 3);
      changed.put(channel(parts[2]), new Position(new Epoch(parts[1]), Long.parseLong(parts[0])));
    }
    return true;
  }

  private static ChannelId channel(String text) {
    int slash = text.indexOf('/');
    return new ChannelId(
        new AppId(text.substring(0, slash)), new ChannelName(text.substring(slash + 1)));
  }

  @Override
  public Positions positions(List<ChannelId> channels) {
    Map<Integer, List<RedisChannel>> byPartition = new HashMap<>();
    for (ChannelId channel : channels) {
      RedisChannel named = RedisChannel.of(channel);
      byPartition.computeIfAbsent(named.partition(), p -> new ArrayList<>()).add(named);
    }
    byte[][] args = arguments.begin().toArray(byte[][]::new);
    Map<List<RedisChannel>, CompletionStage<List<Object>>> answers = new HashMap<>();
    for (List<RedisChannel> some : byPartition.values()) {
      List<String> bases = some.stream().map(RedisChannel::base).toList();
      answers.put(some, eval(HEADS, bases, args));
    }
    Map<ChannelId, Position> found = new HashMap<>();
    Set<ChannelId> unread = new HashSet<>();
    for (Map.Entry<List<RedisChannel>, CompletionStage<List<Object>>> one : answers.entrySet()) {
      try {
        put(one.getKey(), await(one.getValue()), found);
      } catch (RuntimeException away) {
        one.getKey().forEach(channel -> unread.add(channel.channel()));
        if (unread.size() == channels.size()) {
          throw away;
        }
      }
    }
    return new Positions(found, unread);
  }

  private static void put(
      List<RedisChannel> some, List<Object> values, Map<ChannelId, Position> into) {
    for (int i = 0; i < some.size(); i++) {
      String epoch = text(values.get(2 * i));
      if (!epoch.isEmpty()) {
        long last = Long.parseLong(text(values.get(2 * i + 1)));
        into.put(some.get(i).channel(), new Position(new Epoch(epoch), last));
      }
    }
  }

  private CompletionStage<List<Object>> eval(RedisScript script, List<String> keys, byte[][] args) {
    return link.<List<Object>>eval(script, ScriptOutputType.MULTI, keys, args)
        .toCompletableFuture()
        .copy()
        .orTimeout(WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw RedisFaults.ofRead(e);
    }
  }

  private static String text(Object value) {
    return new String((byte[]) value, StandardCharsets.UTF_8);
  }
}
