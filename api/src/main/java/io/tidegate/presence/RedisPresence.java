package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Presence that nodes share: one hash for each channel, in the channel's partition. What a node
 * owns is named with its {@link RedisLease}, by which others take it out when the node is gone.
 */
public final class RedisPresence implements PresenceStore {
  private static final RedisScript ENTER = RedisScript.of("presence", "presence-enter");
  private static final RedisScript LEAVE = RedisScript.of("presence", "presence-leave");
  private static final RedisScript RESUME = RedisScript.of("presence", "presence-resume");
  private static final RedisScript READ = RedisScript.of("presence", "presence-read");

  /** Where a connection is present, for it to go on; longer than any grace. */
  private static final long CONNECTION_SECONDS = 86_400;

  private final RedisLink link;
  private final LongSupplier aheadMillis;
  private final byte[] fanOut;
  private final RedisLease lease;

  /** This node's members whose clients are connected; as many as they may enter. */
  private final ConcurrentHashMap<Place, Live> live = new ConcurrentHashMap<>();

  private record Place(ChannelId channel, String key) {}

  private record Live(@Nullable String data, long session) {}

  public RedisPresence(RedisLink link, String node) {
    this(link, node, RedisLease.QUIET, () -> 0);
  }

  /**
   * @param quiet how long nobody is taken out after Redis was away
   * @param aheadMillis added to the server's clock: tests let time pass with it
   */
  RedisPresence(RedisLink link, String node, Duration quiet, LongSupplier aheadMillis) {
    this.link = link;
    this.aheadMillis = aheadMillis;
    this.fanOut = utf8(link.servers().isCluster() ? "SPUBLISH" : "PUBLISH");
    this.lease = new RedisLease(link, node, quiet, aheadMillis, fanOut, this::writeAgain);
  }

  @Override
  public Entered enter(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    remember(member.connectionId(), channel);
    Place place = new Place(channel, member.key());
    return write(place, new Live(member.data(), session), most, onlyUpdate);
  }

  private void remember(String connectionId, ChannelId channel) {
    byte[] text = utf8(RedisChannel.of(channel).text());
    String key = connectionKey(connectionId);
    await(
        link.ask(
            commands -> {
              commands.sadd(key, text);
              return commands.expire(key, CONNECTION_SECONDS);
            }));
  }

  /** Again when the lease ended meanwhile: nobody would look after a member of the old one. */
  private Entered write(Place place, Live value, int most, boolean onlyUpdate) {
    while (true) {
      String under = lease.name();
      Entered entered = write(place, value, under, most, onlyUpdate);
      if (entered.outcome() != Outcome.IN) {
        return entered;
      }
      live.put(place, value);
      if (under.equals(lease.name())) {
        return entered;
      }
    }
  }

  private Entered write(Place place, Live value, String under, int most, boolean onlyUpdate) {
    return write(place, value, under, most, onlyUpdate, false);
  }

  /**
   * @param onlyOwn whether to leave alone what is another node's
   */
  private Entered write(
      Place place, Live value, String under, int most, boolean onlyUpdate, boolean onlyOwn) {
    RedisChannel channel = RedisChannel.of(place.channel());
    List<Object> answer =
        await(
            link.eval(
                ENTER,
                ScriptOutputType.MULTI,
                keys(channel),
                arguments(
                    place.key(),
                    owner(under, value.session()),
                    value.data() == null ? "" : value.data(),
                    Integer.toString(most),
                    onlyUpdate ? "1" : "0",
                    channel.text(),
                    onlyOwn ? "1" : "0")));
    return new Entered(
        Outcome.values()[((Long) answer.get(0)).intValue()], ((Long) answer.get(1)).intValue());
  }

  @Override
  public void leave(ChannelId channel, String key, long session) {
    depart(channel, key, session, Duration.ZERO);
  }

  @Override
  public void hold(ChannelId channel, String key, long session, Duration grace) {
    depart(channel, key, session, grace);
  }

  private void depart(ChannelId channel, String key, long session, Duration grace) {
    live.computeIfPresent(
        new Place(channel, key), (place, one) -> one.session() == session ? null : one);
    await(
        link.eval(
            LEAVE,
            ScriptOutputType.INTEGER,
            keys(RedisChannel.of(channel)),
            arguments(key, owner(lease.name(), session), Long.toString(grace.toMillis()))));
  }

  @Override
  public List<ChannelId> resume(String clientId, String connectionId, long session) {
    String key = Member.key(clientId, connectionId);
    List<ChannelId> found = new ArrayList<>();
    for (byte[] text : await(link.ask(one -> one.smembers(connectionKey(connectionId))))) {
      ChannelId channel = channel(text);
      if (resume(new Place(channel, key), session)) {
        found.add(channel);
      }
    }
    return found;
  }

  private boolean resume(Place place, long session) {
    while (true) {
      String under = lease.name();
      byte[] data =
          await(
              link.eval(
                  RESUME,
                  ScriptOutputType.VALUE,
                  keys(RedisChannel.of(place.channel())),
                  arguments(place.key(), owner(under, session))));
      if (data == null) {
        return false;
      }
      live.put(place, new Live(data(data), session));
      if (under.equals(lease.name())) {
        return true;
      }
    }
  }

  /** The lease is another: what others may have taken out, or a server has lost, is put in. */
  private void writeAgain(RedisLease.Cause cause) {
    boolean onlyOwn = cause == RedisLease.Cause.LATE;
    for (Map.Entry<Place, Live> one : live.entrySet()) {
      Place place = one.getKey();
      write(place, one.getValue(), lease.name(), Integer.MAX_VALUE, false, onlyOwn);
      if (!live.containsKey(place)) {
        leave(place.channel(), place.key(), one.getValue().session());
      }
    }
  }

  @Override
  public Snapshot read(ChannelId channel) {
    List<byte[]> answer = read(channel, false);
    TreeMap<String, Member> members = new TreeMap<>();
    for (int i = 2; i < answer.size(); i += 2) {
      String key = text(answer.get(i));
      String value = text(answer.get(i + 1));
      String data = value.substring(value.indexOf('\0') + 1);
      members.put(key, Member.of(key, data.isEmpty() ? null : data));
    }
    return new Snapshot(text(answer.get(0)), Long.parseLong(text(answer.get(1))), members);
  }

  @Override
  public boolean hasChanged(ChannelId channel, String epoch, long version) {
    List<byte[]> answer = read(channel, true);
    return !text(answer.get(0)).equals(epoch) || Long.parseLong(text(answer.get(1))) != version;
  }

  private List<byte[]> read(ChannelId channel, boolean versionOnly) {
    return await(
        link.eval(
            READ,
            ScriptOutputType.MULTI,
            List.of(RedisChannel.of(channel).base()),
            arguments(versionOnly ? "1" : "0")));
  }

  @Override
  public void listen(PresenceListener listener) {
    lease.listen(listener);
  }

  /** The broker says that a channel may have changed; never waits. */
  public void hear(ChannelId channel) {
    lease.tell(channel);
  }

  @Override
  public void close() {
    lease.close();
  }

  String leaseName() {
    return lease.name();
  }

  private static List<String> keys(RedisChannel channel) {
    List<String> keys = new ArrayList<>();
    keys.add(channel.base());
    keys.addAll(RedisLease.keys(channel.partition()));
    return keys;
  }

  private byte[][] arguments(String... more) {
    return RedisLease.arguments(aheadMillis, fanOut, more);
  }

  private static String owner(String lease, long session) {
    return lease + "." + session;
  }

  private static String connectionKey(String connectionId) {
    return "tg:pc:" + connectionId;
  }

  static ChannelId channel(byte[] text) {
    String channel = text(text);
    int slash = channel.indexOf('/');
    return new ChannelId(
        new AppId(channel.substring(0, slash)), new ChannelName(channel.substring(slash + 1)));
  }

  private static @Nullable String data(byte[] bytes) {
    return bytes.length == 0 ? null : text(bytes);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw RedisFaults.ofRead(e);
    }
  }
}
