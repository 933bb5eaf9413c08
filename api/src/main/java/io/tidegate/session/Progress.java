package io.tidegate.session;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import io.tidegate.hub.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one connection is, for those who look at it: lists of connections, the page of one, the
 * subscribers of a channel. Nothing that the connection does depends on it.
 */
public final class Progress {
  private final Session session;

  /** Messages behind when it was last measured; written on the loop. */
  private volatile long lag;

  Progress(Session session) {
    this.session = session;
  }

  /** How many subscriptions it has; racy off the loop. */
  public int subscriptions() {
    return session.subscriptions().count();
  }

  /** Messages that it is behind, over its subscriptions, as of a few seconds ago. Any thread. */
  public long lag() {
    return lag;
  }

  /** What the line has taken and not sent yet; racy off the loop. */
  public long unsentBytes() {
    return session.outbox().transport().unsentBytes();
  }

  /** How far it is in each of its channels; on the loop. */
  public List<Pursuit> pursuits() {
    List<Pursuit> all = new ArrayList<>();
    session.subscriptions().all().forEach((channel, joined) -> all.add(pursuit(channel, joined)));
    return all;
  }

  /** How far it is in one channel; null when it does not subscribe to it. On the loop. */
  public @Nullable Pursuit pursuit(ChannelName channel) {
    Subscriptions.Joined joined = session.subscriptions().all().get(channel);
    return joined == null ? null : pursuit(channel, joined);
  }

  private Pursuit pursuit(ChannelName channel, Subscriptions.Joined joined) {
    Subscription subscription = joined.subscription();
    Position at = subscription == null ? null : subscription.position();
    Pursuit.State state =
        at == null || subscription == null
            ? Pursuit.State.BEGINNING
            : subscription.isBehind() ? Pursuit.State.BEHIND : Pursuit.State.LIVE;
    boolean present = session.isPresent(channel);
    return new Pursuit(channel, joined.sinceMillis(), state, at, lag(subscription), present);
  }

  /** On the loop, every few seconds; walks over its subscriptions only when it was ever behind. */
  void measure() {
    lag = session.outbox().mayBeBehind() ? sum() : 0;
  }

  private long sum() {
    long sum = 0;
    for (Subscriptions.Joined joined : session.subscriptions().all().values()) {
      sum += lag(joined.subscription());
    }
    return sum;
  }

  private static long lag(@Nullable Subscription subscription) {
    return subscription == null ? 0 : subscription.lag();
  }
}
