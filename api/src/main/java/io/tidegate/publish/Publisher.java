package io.tidegate.publish;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.ChannelAccess;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.hook.Hook;
import io.tidegate.hook.PublishHook;
import io.tidegate.limit.ClientQuota;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.Storage;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Steps;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Limit;
import io.tidegate.trace.Trace;
import io.tidegate.trace.UnitTrace;
import io.tidegate.usage.Meters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a unit into a channel: whether the principal may, and into which store, is settled
 * here. The broker or the log numbers it, and the hub hears of it from the broker like everyone.
 */
public final class Publisher {
  private final Stores stores;
  private final Quotas quotas;
  private final Meters meters;
  private final MetaLog log;
  private final Herald herald;
  private final PublishHook hooks;
  private final LongAdder units = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  /** Of which nobody hears, and that asks nobody. */
  Publisher(Stores stores, Quotas quotas, Meters meters) {
    this(stores, quotas, meters, new MetaLog(System::nanoTime), Herald.NONE, PublishHook.NONE);
  }

  public Publisher(
      Stores stores, Quotas quotas, Meters meters, MetaLog log, Herald herald, PublishHook hooks) {
    this.stores = stores;
    this.quotas = quotas;
    this.meters = meters;
    this.log = log;
    this.herald = herald;
    this.hooks = hooks;
  }

  /** Whether a publish into the channel may wait for a hook before it is on its way. */
  public boolean waits(AppPrincipal who, ChannelName channel) {
    try {
      return hooks.of(who.app(), channel) != null;
    } catch (RefusedException unknown) {
      return true;
    }
  }

  /** As {@link #publish(AppPrincipal, ChannelName, List, Trace, String)} does, untraced. */
  public CompletionStage<Published> publish(
      AppPrincipal who, ChannelName channel, List<Draft> drafts) {
    return publish(who, channel, drafts, null, null);
  }

  /**
   * Publishes drafts as one unit, all or nothing; completes when the channel's class holds them.
   * Calls for one channel made one after the other keep their order. May read the database and wait
   * for a hook before it returns: call it on a virtual thread. Never throws; fails with {@code
   * RefusedException}.
   *
   * @param drafts 1 to 100 with distinct ids, as {@link DraftReader} made them for {@code who}
   * @param trace of the request, null unless it is traced
   * @param requestId of the request, or the id of the frame; null when it has none
   */
  public CompletionStage<Published> publish(
      AppPrincipal who,
      ChannelName channel,
      List<Draft> drafts,
      @Nullable Trace trace,
      @Nullable String requestId) {
    units.increment();
    return admitted(who, channel, drafts, trace)
        .whenComplete(
            (published, failure) -> {
              if (failure == null) {
                messages.add(published.fresh().size());
                long sum = published.fresh().stream().mapToLong(Message::size).sum();
                bytes.add(sum);
                meters.of(who.app()).published(published.fresh().size(), sum);
                tell(who, channel, published.fresh(), sum, requestId);
              } else {
                refusals.increment();
              }
            });
  }

  private void tell(
      AppPrincipal who,
      ChannelName channel,
      List<Message> fresh,
      long size,
      @Nullable String requestId) {
    if (!fresh.isEmpty() && log.isHeard() && log.wants(who.app())) {
      Message first = fresh.getFirst();
      log.tell(
          who.app(),
          new LogEvent("message.published")
              .with("channel", channel)
              .with("messages", fresh.size())
              .with("bytes", size)
              .with("keyName", who.key())
              .with("clientId", who.clientId())
              .with("requestId", requestId)
              .with("id", first.id())
              .with("name", first.name())
              .with("seq", first.seq())
              .with("encoding", first.encoding())
              .withPreview("preview", log.showsData(who.app()) ? first.data() : null));
    }
  }

  private CompletionStage<Published> admitted(
      AppPrincipal who, ChannelName channel, List<Draft> drafts, @Nullable Trace trace) {
    Stores.Publishing publishing;
    List<Draft> passed;
    boolean paid;
    try {
      who.require(Operation.PUBLISH, channel);
      Hook hook = hooks.of(who.app(), channel);
      paid = hook != null;
      passed = hook == null ? drafts : passed(hook, who, channel, drafts);
      publishing = stores.publishing(new ChannelId(who.app(), channel));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletionStage<Published> answer;
    try {
      Held held = publishing.held();
      ClientQuota quota = quota(who, held);
      requireAllowed(who, held.rules(), quota, passed);
      quota.tenant().requireChannel(held.channel());
      answer = store(held, quota, passed, paid, trace);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((published, failure) -> publishing.close());
  }

  private ClientQuota quota(AppPrincipal who, Held held) {
    return quotas.of(held.tenant(), who.limits().asLimits(), who.client());
  }

  /**
   * What the hook lets pass. It is asked about nothing that would be refused without it, so the
   * rate is taken before; the channel is not held in its store meanwhile.
   */
  private List<Draft> passed(Hook hook, AppPrincipal who, ChannelName channel, List<Draft> drafts) {
    Namespace rules;
    ClientQuota quota;
    try (Stores.Publishing now = stores.publishing(new ChannelId(who.app(), channel))) {
      rules = now.held().rules();
      quota = quota(who, now.held());
      requireAllowed(who, rules, quota, drafts);
      quota.tenant().requireChannel(now.held().channel());
    }
    quota.requirePublish(drafts.size());
    return hooks.passed(
        hook,
        who,
        channel,
        drafts,
        (json, from, length) -> {
          List<Draft> made =
              DraftReader.readArray(
                  json, from, length, "/messages", who, drafts.getFirst().connectionId());
          requireAllowed(who, rules, quota, made);
          return made;
        });
  }

  private CompletionStage<Published> store(
      Held held, ClientQuota quota, List<Draft> drafts, boolean paid, @Nullable Trace trace) {
    UnitTrace tracing =
        trace == null ? null : trace.unit(held.durability().wireName(), drafts.size());
    PublishUnit unit = new PublishUnit(held.tenant(), held.channel(), drafts, tracing);
    if (tracing == null) {
      return store(held, quota, unit, paid);
    }
    try {
      return store(held, quota, unit, paid).whenComplete((done, failure) -> tell(tracing, failure));
    } catch (RuntimeException e) {
      tell(tracing, e);
      throw e;
    }
  }

  /**
   * The room is taken first: it can be given back, a rate's messages cannot.
   *
   * @param paid whether the rate was taken already
   */
  private CompletionStage<Published> store(
      Held held, ClientQuota quota, PublishUnit unit, boolean paid) {
    int rate = paid ? 0 : unit.drafts().size();
    if (held.durability() != Durability.DURABLE) {
      take(quota, rate);
      return herald.publish(held, () -> stores.broker().publish(unit, held.keep()));
    }
    Storage.Claim room = quota.tenant().storage().claim(unit.storedBytes());
    return room.until(
        () -> {
          take(quota, rate);
          return stores.log().append(unit, held.keep(), committed -> announce(unit, committed));
        },
        published -> published.fresh().stream().mapToLong(Message::storedBytes).sum());
  }

  private static void take(ClientQuota quota, int rate) {
    if (rate > 0) {
      quota.requirePublish(rate);
    }
  }

  private void announce(PublishUnit unit, Published committed) {
    if (!committed.fresh().isEmpty()) {
      stores.broker().announce(unit.channel(), committed.epoch(), committed.fresh(), unit.trace());
    }
  }

  private static void tell(UnitTrace trace, @Nullable Throwable failure) {
    if (failure != null) {
      trace.refused(RefusedException.of(failure).refusal().code());
    }
  }

  private static void requireAllowed(
      AppPrincipal who, Namespace rules, ClientQuota quota, List<Draft> drafts) {
    ChannelAccess.requirePublish(who, rules, Steps.UNTOLD);
    int most = quota.least(Limit.MAX_MESSAGE_BYTES, rules.maxMessageBytes());
    for (Draft draft : drafts) {
      Authorship.clientId(who, draft.clientId());
      if (draft.size() > most) {
        throw quota.refuse(Limit.MAX_MESSAGE_BYTES, quota.oversize(rules, most));
      }
    }
  }

  /** Units asked for. */
  public long units() {
    return units.sum();
  }

  /** Messages published; retries of known ones not counted. */
  public long messages() {
    return messages.sum();
  }

  /** Bytes of their data. */
  public long bytes() {
    return bytes.sum();
  }

  /** Units that were refused, or whose outcome is unknown. */
  public long refusals() {
    return refusals.sum();
  }
}
