package io.tidegate.store;

import io.tidegate.broker.Broker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Head;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.App;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Limit;

/** Says which store holds a channel, and by which rules. May read the database. */
public final class Stores {
  private static final long DAY_SECONDS = 86_400;

  private final Directory directory;
  private final Broker broker;
  private final MessageLog log;
  private final Switchover switchover;

  public Stores(Directory directory, Broker broker, MessageLog log) {
    this.directory = directory;
    this.broker = broker;
    this.log = log;
    this.switchover = new Switchover(this);
  }

  public Broker broker() {
    return broker;
  }

  public MessageLog log() {
    return log;
  }

  public Switchover switchover() {
    return switchover;
  }

  /**
   * The channel as it is held now.
   *
   * @throws RefusedException NOT_FOUND when its app is gone, STORE_UNAVAILABLE when nobody can say
   */
  public Held of(ChannelId channel) {
    return of(channel, false);
  }

  private Held of(ChannelId channel, boolean begins) {
    App app = app(channel);
    AppRules rules = directory.rules(channel.app());
    Namespace namespace = rules.of(channel.name());
    Durability durability =
        rules.superseded().isEmpty()
            ? namespace.durability()
            : switchover.classOf(app.tenant(), channel, rules, begins);
    return held(app, channel, namespace, durability);
  }

  /** Where a channel stands that is held so. */
  public record Opened(Held held, Head head) {}

  /**
   * The channel as it is held now, which begins unless its store knows it. One that moves meanwhile
   * is not begun in the store that it has left.
   *
   * @throws RefusedException RULES_UNKNOWN, too, when this node has not heard of the move
   */
  public Opened open(ChannelId channel) {
    while (true) {
      Held held = of(channel, true);
      Head head = held.open();
      boolean wasInLog = held.durability() == Durability.DURABLE;
      if (wasInLog == (of(channel).durability() == Durability.DURABLE)) {
        return new Opened(held, head);
      }
      held.store().forget(channel);
    }
  }

  /**
   * As {@link #of}, for a publish: until {@link Publishing#close} the channel does not move to
   * another store.
   *
   * @throws RefusedException RULES_UNKNOWN, too, when that may already have happened
   */
  public Publishing publishing(ChannelId channel) {
    directory.requireRulesRead(channel.app());
    App app = app(channel);
    AppRules rules = directory.rules(channel.app());
    Namespace namespace = rules.of(channel.name());
    if (rules.superseded().isEmpty()) {
      return new Publishing(held(app, channel, namespace, namespace.durability()), () -> {});
    }
    Switchover.Pass pass = switchover.enter(app.tenant(), channel, rules);
    return new Publishing(held(app, channel, namespace, pass.durability()), pass.leave());
  }

  /** A publish on its way into the store it was given. */
  public record Publishing(Held held, Runnable onClose) implements AutoCloseable {
    @Override
    public void close() {
      onClose.run();
    }
  }

  ChannelStore storeOf(TenantId tenant, Durability durability) {
    return durability == Durability.DURABLE ? log.of(tenant) : broker;
  }

  Directory directory() {
    return directory;
  }

  private App app(ChannelId channel) {
    return directory
        .app(channel.app())
        .orElseThrow(() -> new RefusedException(Refusal.NOT_FOUND, "there is no such app"));
  }

  /** A tenant's limit of days is stronger than its rules; it is asked where days are kept. */
  private Retention keep(App app, Namespace rules, Durability durability) {
    Retention keep = rules.retentionAs(durability);
    Long days =
        durability == Durability.DURABLE
            ? directory.limits(app.tenant()).get(Limit.HISTORY_DAYS)
            : null;
    return days == null || days > keep.seconds() / DAY_SECONDS
        ? keep
        : new Retention(keep.messages(), days * DAY_SECONDS);
  }

  private Held held(App app, ChannelId channel, Namespace rules, Durability durability) {
    return new Held(
        app.tenant(),
        channel,
        rules,
        durability,
        storeOf(app.tenant(), durability),
        keep(app, rules, durability));
  }
}
