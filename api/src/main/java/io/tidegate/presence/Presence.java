package io.tidegate.presence;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.ChannelAccess;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Namespace;
import io.tidegate.frame.MemberJson;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Limit;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Holding;
import io.tidegate.webhook.standing.Kind;
import io.tidegate.webhook.standing.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may do about presence, by the rules of the channel and its tenant's limits. */
public final class Presence {
  /** A set of 10,000 is read whole: its data stays small. */
  public static final int MAX_DATA_BYTES = 4 << 10;

  private static final long RETRY_MILLIS = 1_000;

  private final Directory directory;
  private final Quotas quotas;
  private final PresenceStore store;
  private final Rooms rooms;
  private final Witness witness;

  public Presence(
      Directory directory, Quotas quotas, PresenceStore store, Rooms rooms, Witness witness) {
    this.directory = directory;
    this.quotas = quotas;
    this.store = store;
    this.rooms = rooms;
    this.witness = witness;
  }

  /**
   * Lets a client be seen, or changes what is seen of it. May wait.
   *
   * @param data JSON text
   * @param onlyUpdate refuse it when the client is not there
   * @throws RefusedException when it may not, or there are too many
   */
  public void enter(
      AppPrincipal who,
      ChannelName name,
      String connectionId,
      long session,
      @Nullable String data,
      boolean onlyUpdate) {
    Namespace rules = rules(who, name);
    String clientId = ChannelAccess.requireMember(who, name, rules, Steps.UNTOLD);
    if (data != null && data.getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
      throw new RefusedException(
          Refusal.MESSAGE_TOO_LARGE, "a member's data has at most " + MAX_DATA_BYTES + " bytes");
    }
    ChannelId channel = new ChannelId(who.app(), name);
    TenantQuota quota = quotas.of(who.tenant());
    quota.requireChannel(channel);
    Long limit = quota.limits().get(Limit.PRESENCE_MEMBERS_PER_CHANNEL);
    int own = rules.presence().maxMembers();
    int most = limit == null ? own : (int) Math.min(limit, own);
    Member member = new Member(clientId, connectionId, data);
    PresenceStore.Entered entered = store.enter(channel, member, session, most, onlyUpdate);
    switch (entered.outcome()) {
      case IN -> {
        quota.members(entered.members());
        if (witness.follows(who.app(), Kind.MEMBER)) {
          witness.came(
              Fact.ofMember(channel, clientId, connectionId),
              Holding.ofMember(name, clientId, connectionId, data, SessionNumber.turn(session)));
        }
      }
      case FULL -> throw full(quota, rules, most, limit != null && limit <= own);
      case ABSENT ->
          throw new RefusedException(
              Refusal.NOT_ENTERED, "the connection has not entered this channel");
    }
  }

  private static RefusedException full(
      TenantQuota quota, Namespace rules, int most, boolean byLimit) {
    return byLimit
        ? quota.noMoreMembers("a channel may have " + most + " members (presenceMembersPerChannel)")
        : quota
            .noMoreMembers("channels of this namespace have " + most + " members (maxMembers)")
            .by(Step.MEMBERS, rules.has("presence.maxMembers " + most));
  }

  /**
   * Members in order of their keys, or in {@code occupancy} mode none of them.
   *
   * @param count of all members
   * @param members a JSON array
   * @param cursor of the next page, null after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  public record Page(long version, long count, byte[] members, @Nullable String cursor) {}

  /**
   * One page of who is there. May wait.
   *
   * @param after the key that it is behind; empty for the first
   * @throws RefusedException when the principal may not see it
   */
  public Page page(AppPrincipal who, ChannelName name, int limit, String after) {
    Snapshot at = read(who, name);
    int count = at.members().size();
    if (rules(who, name).presence().mode() == Namespace.Presence.Mode.OCCUPANCY) {
      return new Page(at.version(), count, MemberJson.array(List.of()), null);
    }
    PresenceFrames.Taken taken = PresenceFrames.take(at.behind(after).values().iterator(), limit);
    Member last = taken.last();
    boolean isLast = last == null || last.key().equals(at.members().lastKey());
    String cursor = last == null || isLast ? null : MemberJson.cursor(last.key());
    return new Page(at.version(), count, MemberJson.array(taken.items()), cursor);
  }

  /** Takes a client out; one that is not in changes nothing. May wait. */
  public void leave(AppPrincipal who, ChannelId channel, String connectionId, long session) {
    String clientId = ChannelAccess.memberName(who);
    store.leave(channel, Member.key(clientId, connectionId), session);
    left(channel, clientId, connectionId, Duration.ZERO);
  }

  private void left(ChannelId channel, String clientId, String connectionId, Duration grace) {
    if (witness.follows(channel.app(), Kind.MEMBER)) {
      witness.left(Fact.ofMember(channel, clientId, connectionId), grace);
    }
  }

  /**
   * Who is there. May wait.
   *
   * @throws RefusedException when the principal may not see it
   */
  private Snapshot read(AppPrincipal who, ChannelName name) {
    Namespace rules = rules(who, name);
    ChannelAccess.requireView(who, name, rules, Steps.UNTOLD);
    return store.read(new ChannelId(who.app(), name));
  }

  /** Of a channel, presence among them. */
  public Namespace rules(AppPrincipal who, ChannelName name) {
    return directory.rules(who.app()).of(name);
  }

  public PresenceFigures figures() {
    return rooms.figures();
  }

  /** What is told of changes. */
  public Rooms rooms() {
    return rooms;
  }

  /** Members of a connection that goes on are this session's; returns where. May wait. */
  public List<ChannelId> resume(AppPrincipal who, String connectionId, long session) {
    String clientId = who.clientId();
    if (clientId == null) {
      return List.of();
    }
    List<ChannelId> found = store.resume(clientId, connectionId, session);
    if (witness.follows(who.app(), Kind.MEMBER)) {
      found.forEach(channel -> witness.came(Fact.ofMember(channel, clientId, connectionId), null));
    }
    return found;
  }

  /**
   * A client is gone from these channels: at once, or after the grace if it does not come back.
   * Never waits; while the store is away it is tried again, as nobody else will.
   *
   * @param graceSeconds by channel; 0: at once
   */
  public void gone(
      AppPrincipal who, Map<ChannelId, Integer> graceSeconds, String connectionId, long session) {
    String clientId = ChannelAccess.memberName(who);
    String key = Member.key(clientId, connectionId);
    graceSeconds.forEach(
        (channel, seconds) ->
            surely(
                () -> {
                  Duration grace = Duration.ofSeconds(seconds);
                  try {
                    if (grace.isZero()) {
                      store.leave(channel, key, session);
                    } else {
                      store.hold(channel, key, session, grace);
                    }
                  } finally {
                    left(channel, clientId, connectionId, grace);
                  }
                }));
  }

  /** In a while, on a thread that may wait: the store may be back by then. */
  public void again(Runnable task) {
    rooms.later(task, RETRY_MILLIS);
  }

  private void surely(Runnable departure) {
    rooms.now(
        () -> {
          try {
            departure.run();
          } catch (RefusedException away) {
            again(() -> surely(departure));
          }
        });
  }
}
