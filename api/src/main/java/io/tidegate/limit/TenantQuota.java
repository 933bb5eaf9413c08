package io.tidegate.limit;

import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.Grant;
import io.tidegate.allowance.Rate;
import io.tidegate.allowance.Tally;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's limits at work on this node: what it may have now, and what of it is used. Any
 * thread, event loops among them; but only {@link #deliver}, {@link #deliverUpTo}, {@link #enter}
 * and what is told back never wait.
 */
public final class TenantQuota {
  private final TenantId tenant;
  private final Watch watch;
  private final Bucket publishes;
  private final Bucket connects;
  private final Bucket deliveries;
  private final Bucket webhooks;
  private final Tally connections;
  private final Counted counted;
  private volatile Figures figures;
  private volatile long usedNanos;

  TenantQuota(TenantId tenant, Limits limits, Allowances allowances, Counted counted, Watch watch) {
    this.tenant = tenant;
    this.watch = watch;
    this.counted = counted;
    this.publishes = allowances.bucket("publishes:" + tenant);
    this.connects = allowances.bucket("connects:" + tenant);
    this.deliveries = allowances.bucket("deliveries:" + tenant);
    this.webhooks = allowances.bucket("webhooks:" + tenant);
    this.connections = allowances.tally("connections:" + tenant);
    this.figures = Figures.of(limits);
    counted.storage().follow(limits.get(Limit.STORED_BYTES));
  }

  /** What has to be counted in the stores. */
  record Counted(OpenChannels channels, Storage storage) {}

  /** The limits, and what they come to as rates; null is unlimited. */
  private record Figures(
      Limits limits,
      @Nullable Rate publishes,
      @Nullable Rate connects,
      @Nullable Rate deliveries,
      @Nullable Rate webhooks) {
    static Figures of(Limits limits) {
      return new Figures(
          limits,
          Rate.of(limits.get(Limit.PUBLISHES_PER_SECOND), limits.get(Limit.PUBLISH_BURST)),
          Rate.of(limits.get(Limit.CONNECTIONS_PER_SECOND), null),
          Rate.of(limits.get(Limit.DELIVERIES_PER_SECOND), null),
          Rate.of(limits.get(Limit.WEBHOOKS_PER_SECOND), null));
    }
  }

  TenantId tenant() {
    return tenant;
  }

  public Limits limits() {
    return figures.limits;
  }

  void follow(Limits limits) {
    figures = Figures.of(limits);
    counted.storage().follow(limits.get(Limit.STORED_BYTES));
  }

  void used(long nanos) {
    usedNanos = nanos;
  }

  boolean isIdle(long sinceNanos) {
    return connections.here() == 0 && usedNanos - sinceNanos < 0;
  }

  /**
   * Takes so many messages of the rate, or none. May wait for other nodes.
   *
   * @throws RefusedException PUBLISH_RATE_EXCEEDED; BATCH_TOO_LARGE when so many never pass
   */
  void requirePublish(int messages) {
    Rate rate = figures.publishes;
    if (rate == null) {
      return;
    }
    if (messages > rate.burst()) {
      throw watch.refuse(
          Limit.PUBLISHES_PER_SECOND,
          new RefusedException(
              Refusal.BATCH_TOO_LARGE,
              "the tenant may publish " + rate.burst() + " messages at once (publishBurst)"));
    }
    Grant grant = publishes.ask(messages, rate);
    note(Limit.PUBLISHES_PER_SECOND, rate, grant);
    if (!grant.granted()) {
      throw watch.refuse(Limit.PUBLISHES_PER_SECOND, tooFast(rate, grant.retryAfterMillis()));
    }
  }

  /** What refuses a publish over the rate. */
  static RefusedException tooFast(Rate rate, long retryAfterMillis) {
    return RefusedException.retryAfter(
        Refusal.PUBLISH_RATE_EXCEEDED,
        "the tenant may publish " + rate.perSecond() + " messages per second (publishesPerSecond)",
        retryAfterMillis);
  }

  /** What refuses a publish while nothing of the rate is left; not counted. */
  RefusedException publishesTooFast() {
    Rate rate = figures.publishes;
    return tooFast(rate == null ? Rate.perSecond(0) : rate, 0);
  }

  /** How its publishes stand; empty when they are unlimited. */
  public Optional<Standing> publishing() {
    Rate rate = figures.publishes;
    return rate == null ? Optional.empty() : Optional.of(Standing.of("publishes", rate, publishes));
  }

  /**
   * A client is opening a connection. May wait for other nodes.
   *
   * @throws RefusedException CONNECT_RATE_EXCEEDED
   */
  public void requireConnect() {
    Rate rate = figures.connects;
    if (rate == null) {
      return;
    }
    Grant grant = connects.ask(1, rate);
    note(Limit.CONNECTIONS_PER_SECOND, rate, grant);
    if (!grant.granted()) {
      throw watch.refuse(
          Limit.CONNECTIONS_PER_SECOND,
          RefusedException.retryAfter(
              Refusal.CONNECT_RATE_EXCEEDED,
              "the tenant may open "
                  + rate.perSecond()
                  + " connections per second (connectionsPerSecond)",
              grant.retryAfterMillis()));
    }
  }

  /**
   * Whether there is room for one more connection; it is not counted yet. May wait for other nodes.
   *
   * @throws RefusedException CONNECTION_LIMIT_REACHED
   */
  public void requireRoom() {
    if (!connections.hasRoom(mostConnections())) {
      throw noRoom();
    }
  }

  /**
   * Counts one more connection; {@link #leave} follows.
   *
   * @throws RefusedException CONNECTION_LIMIT_REACHED
   */
  public void enter() {
    long most = mostConnections();
    if (!connections.enter(most)) {
      throw noRoom();
    }
    if (most != Long.MAX_VALUE) {
      watch.used(tenant, Limit.CONNECTIONS, connections.count(), most);
    }
  }

  /** Whether one more connection can be counted soon. May wait for other nodes. */
  public boolean hasRoom() {
    return connections.hasRoom(mostConnections());
  }

  /**
   * Counts a connection that goes on here while another node still has its place; {@link #leave}
   * follows.
   */
  public void moveIn() {
    connections.moveIn();
  }

  /** A connection has gone on at another node, which has counted it by now. */
  public void moveOut() {
    connections.moveOut();
  }

  public void leave() {
    connections.leave();
  }

  public long connections() {
    return connections.count();
  }

  private long mostConnections() {
    Long most = limits().get(Limit.CONNECTIONS);
    return most == null ? Long.MAX_VALUE : most;
  }

  private RefusedException noRoom() {
    long most = mostConnections();
    watch.used(tenant, Limit.CONNECTIONS, most, most);
    return watch.refuse(Limit.CONNECTIONS, full(most));
  }

  /** What refuses one connection more. */
  static RefusedException full(long most) {
    return new RefusedException(
        Refusal.CONNECTION_LIMIT_REACHED,
        "the tenant may have " + most + " open connections (connections)");
  }

  /**
   * A channel is about to be subscribed to or published into. May read the database.
   *
   * @throws RefusedException CHANNEL_LIMIT_REACHED when it would be one more than there may be
   */
  public void requireChannel(ChannelId channel) {
    Long most = limits().get(Limit.CHANNELS);
    if (most != null && !channel.name().isMeta()) {
      counted.channels().require(channel, most);
    }
  }

  OpenChannels channels() {
    return counted.channels();
  }

  /** A channel has so many members now. */
  public void members(int members) {
    Long most = limits().get(Limit.PRESENCE_MEMBERS_PER_CHANNEL);
    if (most != null) {
      watch.used(tenant, Limit.PRESENCE_MEMBERS_PER_CHANNEL, members, most);
    }
  }

  /** What refuses one member more than a channel may have. */
  public RefusedException noMoreMembers(String detail) {
    return watch.refuse(
        Limit.PRESENCE_MEMBERS_PER_CHANNEL,
        new RefusedException(Refusal.MEMBER_LIMIT_REACHED, detail));
  }

  /** What it may store. */
  public Storage storage() {
    return counted.storage();
  }

  /** Takes so many deliveries, or none; true at once while they are unlimited. */
  public boolean deliver(int messages) {
    Rate rate = figures.deliveries;
    if (rate == null) {
      return true;
    }
    Grant grant = deliveries.take(messages, rate);
    note(Limit.DELIVERIES_PER_SECOND, rate, grant);
    return grant.granted();
  }

  /**
   * Takes as many deliveries as there are, {@code most} at most; what of them is not used is {@link
   * #undelivered}.
   */
  public int deliverUpTo(int most) {
    Rate rate = figures.deliveries;
    return rate == null ? most : (int) deliveries.takeUpTo(most, rate);
  }

  public void undelivered(int messages) {
    if (figures.deliveries != null && messages > 0) {
      deliveries.giveBack(messages);
    }
  }

  /** Takes one call of a webhook, or nothing: it is made later then. May wait for other nodes. */
  public Grant callWebhook() {
    Rate rate = figures.webhooks;
    if (rate == null) {
      return new Grant(true, Long.MAX_VALUE, 0);
    }
    Grant grant = webhooks.ask(1, rate);
    note(Limit.WEBHOOKS_PER_SECOND, rate, grant);
    return grant;
  }

  /** What ends a connection that has been behind for too long because of the rate. */
  public RefusedException starved() {
    return watch.refuse(
        Limit.DELIVERIES_PER_SECOND,
        new RefusedException(
            Refusal.DELIVERY_RATE_EXCEEDED,
            "the tenant may have "
                + limits().get(Limit.DELIVERIES_PER_SECOND)
                + " deliveries per second (deliveriesPerSecond)"));
  }

  /** So much of a rate is used; all of it when it was refused. */
  void note(Limit limit, Rate rate, Grant grant) {
    long left = grant.granted() ? grant.left() : 0;
    watch.used(tenant, limit, rate.burst() - left, rate.burst());
  }

  Watch watch() {
    return watch;
  }
}
