package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.ChannelId;
import io.tidegate.presence.PresenceStore.Own;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This node's members whose clients are connected: put into Redis, and again when a server has lost
 * them or others may have taken them out.
 */
final class RedisMembers {
  /** Where a connection is present, for it to go on; written again long before it is over. */
  private static final long CONNECTION_SECONDS = 86_400;

  /** So many are written again at once. */
  private static final int AT_ONCE = 200;

  private static final RedisScript ENTER = RedisScript.of("presence", "presence-enter");
  private static final RedisScript LEAVE = RedisScript.of("presence", "presence-leave");

  private final RedisLink link;
  private final LongSupplier aheadMillis;
  private final byte[] fanOut;

  /** As many as clients of this node may enter. */
  private final ConcurrentHashMap<Place, Live> live = new ConcurrentHashMap<>();

  /** Who went while all are put in again, and for how long they are held, in ms; else empty. */
  private final ConcurrentHashMap<Place, Long> gone = new ConcurrentHashMap<>();

  private volatile boolean writing;

  /** What a member's entering is for. */
  enum Mode {
    ENTER,
    UPDATE,
    /** It is this node's already, unless it has gone on elsewhere since. */
    AGAIN
  }

  record Place(ChannelId channel, String key) {}

  record Live(@Nullable String data, long session) {}

  RedisMembers(RedisLink link, LongSupplier aheadMillis, byte[] fanOut) {
    this.link = link;
    this.aheadMillis = aheadMillis;
    this.fanOut = fanOut;
  }

  int count() {
    return live.size();
  }

  @Nullable Own own(Place place) {
    Live value = live.get(place);
    return value == null ? null : own(place, value);
  }

  void own(Consumer<Own> visitor) {
    live.forEach((place, value) -> visitor.accept(own(place, value)));
  }

  private static Own own(Place place, Live value) {
    return new Own(
        place.channel(), Member.of(place.key(), value.data()), SessionNumber.turn(value.session()));
  }

  /** Unless a later session of the connection is here. */
  void put(Place place, Live value) {
    live.merge(
        place,
        value,
        (known, next) -> SessionNumber.isLater(known.session(), next.session()) ? known : next);
  }

  /** Its client is gone, and held for so long; unless it is another session's by now. */
  void remove(Place place, long session, long graceMillis) {
    if (writing) {
      gone.put(place, graceMillis);
    }
    live.computeIfPresent(place, (at, one) -> one.session() == session ? null : one);
  }

  /**
   * Returns the ordinal of an {@link PresenceStore.Outcome}, and how many members there are.
   *
   * @param lease what the member is written under
   */
  CompletionStage<List<Object>> enter(Place place, Live value, String lease, int most, Mode mode) {
    RedisChannel channel = RedisChannel.of(place.channel());
    return link.eval(
        ENTER,
        ScriptOutputType.MULTI,
        RedisPresence.keys(channel),
        RedisLease.arguments(
            aheadMillis,
            fanOut,
            place.key(),
            RedisPresence.owner(lease, value.session()),
            value.data() == null ? "" : value.data(),
            Integer.toString(most),
            Integer.toString(mode.ordinal()),
            channel.text()));
  }

  CompletionStage<Long> leave(Place place, long session, String lease, long graceMillis) {
    return link.eval(
        LEAVE,
        ScriptOutputType.INTEGER,
        RedisPresence.keys(RedisChannel.of(place.channel())),
        RedisLease.arguments(
            aheadMillis,
            fanOut,
            place.key(),
            RedisPresence.owner(lease, session),
            Long.toString(graceMillis)));
  }

  /**
   * Puts in again what is in these partitions; returns those of them that did not take all.
   *
   * @param others those whose server may hold what was true before: there this node's word counts,
   *     but for what a later session of the connection has entered since
   */
  BitSet writeAgain(BitSet partitions, BitSet others, String lease) {
    writing = true;
    try {
      return write(partitions, others, lease);
    } finally {
      writing = false;
      gone.clear();
    }
  }

  private BitSet write(BitSet partitions, BitSet others, String lease) {
    List<Map.Entry<Place, Live>> members = new ArrayList<>();
    for (Map.Entry<Place, Live> one : live.entrySet()) {
      if (partitions.get(RedisChannel.of(one.getKey().channel()).partition())) {
        members.add(one);
      }
    }
    BitSet failed = new BitSet();
    for (int from = 0; from < members.size(); from += AT_ONCE) {
      List<Map.Entry<Place, Live>> some =
          members.subList(from, Math.min(members.size(), from + AT_ONCE));
      Map<Place, CompletionStage<List<Object>>> answers = new HashMap<>();
      for (Map.Entry<Place, Live> one : some) {
        Place place = one.getKey();
        int partition = RedisChannel.of(place.channel()).partition();
        if (failed.get(partition)) {
          continue;
        }
        Mode mode = others.get(partition) ? Mode.ENTER : Mode.AGAIN;
        answers.put(place, enter(place, one.getValue(), lease, Integer.MAX_VALUE, mode));
      }
      for (Map.Entry<Place, Live> one : some) {
        Place place = one.getKey();
        CompletionStage<List<Object>> answer = answers.get(place);
        if (answer == null) {
          continue;
        }
        try {
          RedisPresence.await(answer);
          if (!live.containsKey(place)) {
            // It went before it was put in, or after it: once more.
            long grace = gone.getOrDefault(place, 0L);
            RedisPresence.await(leave(place, one.getValue().session(), lease, grace));
          }
        } catch (RefusedException away) {
          failed.set(RedisChannel.of(place.channel()).partition());
        }
      }
    }
    return failed;
  }

  /** Notes where a connection is, for it to go on at another node. */
  CompletionStage<Boolean> remember(String connectionId, List<ChannelId> where) {
    byte[][] channels =
        where.stream()
            .map(channel -> RedisPresence.utf8(RedisChannel.of(channel).text()))
            .toArray(byte[][]::new);
    String key = connectionKey(connectionId);
    return link.ask(
        commands -> {
          commands.sadd(key, channels);
          return commands.expire(key, CONNECTION_SECONDS);
        });
  }

  /** It has left there: what is noted is no more than where it may be. Nobody waits for it. */
  void forget(String connectionId, ChannelId channel) {
    byte[] text = RedisPresence.utf8(RedisChannel.of(channel).text());
    link.ask(commands -> commands.srem(connectionKey(connectionId), text));
  }

  /** Notes it again for every connection; false when not all of it was taken. */
  boolean rememberAgain() {
    Map<String, Set<ChannelId>> where = new HashMap<>();
    live.keySet()
        .forEach(
            place ->
                where
                    .computeIfAbsent(
                        Member.of(place.key(), null).connectionId(), id -> new HashSet<>())
                    .add(place.channel()));
    List<CompletionStage<Boolean>> answers = new ArrayList<>();
    boolean all = true;
    for (Map.Entry<String, Set<ChannelId>> one : where.entrySet()) {
      answers.add(remember(one.getKey(), List.copyOf(one.getValue())));
      if (answers.size() == AT_ONCE) {
        all &= taken(answers);
        answers.clear();
      }
    }
    return taken(answers) && all;
  }

  private static boolean taken(List<CompletionStage<Boolean>> answers) {
    boolean all = true;
    for (CompletionStage<Boolean> answer : answers) {
      try {
        RedisPresence.await(answer);
      } catch (RefusedException away) {
        all = false;
      }
    }
    return all;
  }

  static String connectionKey(String connectionId) {
    return "tg:pc:" + connectionId;
  }
}
