package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.presence.RedisMembers.Live;
import io.tidegate.presence.RedisMembers.Mode;
import io.tidegate.presence.RedisMembers.Place;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Presence that nodes share: one hash for each channel, in the channel's partition. What a node
 * owns is named with its {@link RedisLease}, by which others take it out when the node is gone.
 */
public final class RedisPresence implements PresenceStore {
  private static final RedisScript RESUME = RedisScript.of("presence", "presence-resume");
  private static final RedisScript READ = RedisScript.of("presence", "presence-read");

  private final RedisLink link;
  private final LongSupplier aheadMillis;
  private final byte[] fanOut;
  private final RedisMembers members;
  private final RedisLease lease;

  public RedisPresence(RedisLink link, String node, PresenceFigures figures) {
    this(link, node, RedisLease.QUIET, () -> 0, figures);
  }

  /**
   * @param quiet how long nobody is taken out after Redis was away
   * @param aheadMillis added to the server's clock: tests let time pass with it
   */
  RedisPresence(
      RedisLink link,
      String node,
      Duration quiet,
      LongSupplier aheadMillis,
      PresenceFigures figures) {
    this.link = link;
    this.aheadMillis = aheadMillis;
    this.fanOut = utf8(link.servers().isCluster() ? "SPUBLISH" : "PUBLISH");
    this.members = new RedisMembers(link, aheadMillis, fanOut);
    this.lease = new RedisLease(link, node, quiet, aheadMillis, fanOut, members, figures);
  }

  @Override
  public Entered enter(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    await(members.remember(member.connectionId(), List.of(channel)));
    Place place = new Place(channel, member.key());
    Mode mode = onlyUpdate ? Mode.UPDATE : Mode.ENTER;
    return write(place, new Live(member.data(), session), most, mode);
  }

  /** Again when the lease ended meanwhile: nobody would look after a member of the old one. */
  private Entered write(Place place, Live value, int most, Mode mode) {
    while (true) {
      String under = lease.held();
      List<Object> answer = await(members.enter(place, value, under, most, mode));
      Outcome outcome = Outcome.values()[((Long) answer.get(0)).intValue()];
      Entered entered = new Entered(outcome, ((Long) answer.get(1)).intValue());
      if (outcome != Outcome.IN) {
        return entered;
      }
      members.put(place, value);
      if (under.equals(lease.name())) {
        return entered;
      }
    }
  }

  @Override
  public void leave(ChannelId channel, String key, long session) {
    if (depart(new Place(channel, key), session, Duration.ZERO)) {
      members.forget(Member.of(key, null).connectionId(), channel);
    }
  }

  @Override
  public void hold(ChannelId channel, String key, long session, Duration grace) {
    depart(new Place(channel, key), session, grace);
  }

  /** Whether it was the session's. */
  private boolean depart(Place place, long session, Duration grace) {
    members.remove(place, session, grace.toMillis());
    return await(members.leave(place, session, lease.name(), grace.toMillis())) != 0;
  }

  @Override
  public List<ChannelId> resume(String clientId, String connectionId, long session) {
    String key = Member.key(clientId, connectionId);
    String connection = RedisMembers.connectionKey(connectionId);
    List<ChannelId> found = new ArrayList<>();
    for (byte[] text : await(link.ask(one -> one.smembers(connection)))) {
      ChannelId channel = channel(text);
      if (resume(new Place(channel, key), session)) {
        found.add(channel);
      }
    }
    return found;
  }

  private boolean resume(Place place, long session) {
    while (true) {
      String under = lease.held();
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
      members.put(place, new Live(data(data), session));
      if (under.equals(lease.name())) {
        return true;
      }
    }
  }

  @Override
  public Snapshot read(ChannelId channel) {
    List<byte[]> answer = read(channel, false);
    TreeMap<String, Member> found = new TreeMap<>();
    for (int i = 2; i < answer.size(); i += 2) {
      String key = text(answer.get(i));
      String value = text(answer.get(i + 1));
      String data = value.substring(value.indexOf('\0') + 1);
      found.put(key, Member.of(key, data.isEmpty() ? null : data));
    }
    return new Snapshot(text(answer.get(0)), Long.parseLong(text(answer.get(1))), found);
  }

  @Override
  public @Nullable Own own(ChannelId channel, String clientId, String connectionId) {
    return members.own(new Place(channel, Member.key(clientId, connectionId)));
  }

  @Override
  public void own(Consumer<Own> visitor) {
    members.own(visitor);
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

  /** What this node's life is told by; see {@link RedisLease}. */
  public String leaseName() {
    return lease.name();
  }

  /** Raised with every new lease: what was written under an older one may be lost. */
  public long leaseTerm() {
    return lease.term();
  }

  /** Of all nodes that live. May wait. */
  public List<String> liveLeases() {
    return lease.live();
  }

  static List<String> keys(RedisChannel channel) {
    List<String> keys = new ArrayList<>();
    keys.add(channel.base());
    keys.addAll(RedisPartitions.keys(channel.partition()));
    return keys;
  }

  private byte[][] arguments(String... more) {
    return RedisLease.arguments(aheadMillis, fanOut, more);
  }

  static String owner(String lease, long session) {
    return lease + "." + session;
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
