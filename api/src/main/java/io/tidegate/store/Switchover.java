package io.tidegate.store;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves live channels when a change of rules gives them another durability: until the change takes
 * effect they follow the old class, then they begin a new epoch in the new one. A channel moves
 * with no publish on its way here: publishes of the time between register, and the move waits for
 * them. Of several nodes one moves a channel, the others wait until they see that it has: a second
 * move would erase what was published since the first.
 */
public final class Switchover {
  /**
   * A publish is answered within 5 s, if only with outcome-unknown; then it is on its way no more.
   */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** Whoever has begun to move a channel and does not end it is not waited for any longer. */
  private static final Duration MOVE = Duration.ofSeconds(10);

  /** Longer than changes are pending: of a move within one store nothing else may be seen. */
  private static final Duration MOVE_WITHIN = Duration.ofHours(1);

  /** Such a move, which is one call, is taken to be over then. */
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int PAGE = 1_000;

  private final Stores stores;
  private final ConcurrentHashMap<ChannelId, Moving> moving = new ConcurrentHashMap<>();

  Switchover(Stores stores) {
    this.stores = stores;
  }

  /** A publish that holds its channel where it is. */
  record Pass(Durability durability, Runnable leave) {}

  /**
   * The class in force for the channel; moves it first when its time has come.
   *
   * @param begins whether it is about to begin
   */
  Durability classOf(TenantId tenant, ChannelId channel, AppRules rules, boolean begins) {
    Moving state = state(tenant, channel, rules);
    synchronized (state) {
      if (begins) {
        makeSure(tenant, channel, rules, state);
      }
      moveIfDue(tenant, channel, rules, state);
      return state.inForce;
    }
  }

  Pass enter(TenantId tenant, ChannelId channel, AppRules rules) {
    Moving state = state(tenant, channel, rules);
    synchronized (state) {
      makeSure(tenant, channel, rules, state);
      moveIfDue(tenant, channel, rules, state);
      state.publishing++;
      return new Pass(state.inForce, () -> leave(state));
    }
  }

  private static void leave(Moving state) {
    synchronized (state) {
      state.publishing--;
      state.notifyAll();
    }
  }

  /**
   * Moves every channel of the app that is due, wherever it lies; called once when a change takes
   * effect, and at a start that finds one that was cut short.
   *
   * @param occupied channels with subscribers: one may be in no store yet
   */
  public void moveAll(TenantId tenant, AppId app, AppRules rules, Iterable<ChannelId> occupied) {
    for (ChannelId channel : occupied) {
      classOf(tenant, channel, rules, false);
    }
    // Those in use first: one whose first messages are still on their way is in no list yet.
    for (ChannelId channel : moving.keySet()) {
      if (channel.app().equals(app)) {
        classOf(tenant, channel, rules, false);
      }
    }
    for (ChannelStore store : List.of(stores.broker(), stores.log().of(tenant))) {
      String after = "";
      List<ChannelName> page;
      do {
        // Empty ones too: seq goes on behind what was there, and an old position is void.
        page = store.known(app, after, PAGE);
        for (ChannelName name : page) {
          classOf(tenant, new ChannelId(app, name), rules, false);
          after = name.value();
        }
      } while (page.size() == PAGE);
    }
  }

  /** The app's changes have all taken effect. */
  public void settled(AppId app) {
    moving.keySet().removeIf(channel -> channel.app().equals(app));
  }

  private Moving state(TenantId tenant, ChannelId channel, AppRules rules) {
    Moving known = moving.get(channel);
    return known != null ? known : moving.computeIfAbsent(channel, id -> before(tenant, id, rules));
  }

  /** A channel that is live under older rules follows them; one that is not, the newest. */
  private Moving before(TenantId tenant, ChannelId channel, AppRules rules) {
    for (Durability old : older(channel, rules)) {
      ChannelStore store = stores.storeOf(tenant, old);
      Epoch epoch = epoch(store, channel);
      if (epoch != null && !store.shun(tenant, channel, old)) {
        return new Moving(old, epoch);
      }
    }
    return new Moving(rules.of(channel.name()).durability(), null);
  }

  /**
   * A channel that is not live is begun under the newest rules at once, while other nodes may not
   * have heard of them: they are kept from beginning it under older ones, unless one just has.
   */
  private void makeSure(TenantId tenant, ChannelId channel, AppRules rules, Moving state) {
    if (state.sure) {
      return;
    }
    for (Durability old : older(channel, rules)) {
      ChannelStore store = stores.storeOf(tenant, old);
      if (old != state.inForce && !store.shun(tenant, channel, old)) {
        state.inForce = old;
        state.epoch = epoch(store, channel);
        break;
      }
    }
    state.sure = true;
  }

  private static List<Durability> older(ChannelId channel, AppRules rules) {
    Durability newest = rules.of(channel.name()).durability();
    return rules.superseded().stream()
        .map(old -> old.rules().of(channel.name()).durability())
        .filter(old -> old != newest)
        .distinct()
        .toList();
  }

  private void moveIfDue(TenantId tenant, ChannelId channel, AppRules rules, Moving state) {
    long end = System.nanoTime() + DRAIN_NANOS;
    for (Durability due = due(channel, rules, state);
        due != state.inForce;
        due = due(channel, rules, state)) {
      // The monitor is free while waiting: whoever comes first moves, the others find it done.
      if (state.publishing > 0) {
        await(state, end, end - System.nanoTime());
      } else if (isMoved(tenant, channel, state, due)) {
        state.epoch = epoch(stores.storeOf(tenant, due), channel);
        state.inForce = due;
        state.otherNanos = 0;
      } else if (isOurs(channel, rules, state, due)) {
        state.epoch = move(tenant, channel, state, due);
        state.inForce = due;
      } else {
        await(state, end, LOOK_NANOS);
      }
    }
  }

  /** Whether another node has moved it: there is another epoch, here or in the other store. */
  private boolean isMoved(TenantId tenant, ChannelId channel, Moving state, Durability to) {
    ChannelStore before = stores.storeOf(tenant, state.inForce);
    ChannelStore after = stores.storeOf(tenant, to);
    Epoch left = epoch(before, channel);
    boolean isAnother = left != null && state.epoch != null && !left.equals(state.epoch);
    if (before.equals(after)) {
      // Of a release that does not write classes down nothing can be seen by whoever comes late.
      return isAnother
          || before.shun(tenant, channel, state.inForce)
          || (state.otherNanos != 0 && System.nanoTime() - state.otherNanos > WITHIN_NANOS);
    }
    if ((left != null && !isAnother) || epoch(after, channel) == null) {
      return false;
    }
    if (left != null) {
      // A node of a release that knows no fence came to the old store behind the move.
      before.forget(channel);
    }
    return true;
  }

  private static @Nullable Epoch epoch(ChannelStore store, ChannelId channel) {
    return store.head(channel, Retention.NOTHING).map(Head::epoch).orElse(null);
  }

  /** Whether this node is the one to move it. */
  private boolean isOurs(ChannelId channel, AppRules rules, Moving state, Durability to) {
    long change = rules.inEffect(System.nanoTime());
    if (state.claimed != change) {
      String text = change + "/" + to + "/" + channel.app().value() + "/" + channel.name().value();
      UUID name = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
      boolean within = (state.inForce == Durability.DURABLE) == (to == Durability.DURABLE);
      if (stores.broker().claim("move." + name, within ? MOVE_WITHIN : MOVE)) {
        state.claimed = change;
      } else if (state.otherNanos == 0) {
        state.otherNanos = System.nanoTime() | 1;
      }
    }
    return state.claimed == change;
  }

  private static Durability due(ChannelId channel, AppRules rules, Moving state) {
    return rules.ofLive(channel.name(), state.inForce, System.nanoTime());
  }

  /**
   * First nothing comes to the old store any more, then the channel begins in the new one, then it
   * goes from the old one: whoever dies in between leaves the rest to another, who erases nothing
   * that was published since.
   */
  private Epoch move(TenantId tenant, ChannelId channel, Moving state, Durability to) {
    ChannelStore before = stores.storeOf(tenant, state.inForce);
    ChannelStore after = stores.storeOf(tenant, to);
    long last = before.leave(tenant, channel, state.inForce);
    EpochStart next = after.arrive(tenant, channel, to, state.claimed, last);
    if (!before.equals(after)) {
      before.forget(channel);
    }
    stores.broker().announceEpoch(channel, next, EpochEnd.RULES);
    return next.epoch();
  }

  private static void await(Moving state, long end, long nanos) {
    if (end - System.nanoTime() <= 0) {
      throw RefusedException.retryAfter(
          Refusal.RULES_UNKNOWN, "the channel is moving to its new rules", 1_000);
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(state, Math.max(1, nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RefusedException.retryAfter(Refusal.RULES_UNKNOWN, "interrupted", 1_000);
    }
  }
}
