package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Position;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of several channels in one transaction: under the locks of their cursors, what stands
 * behind each is queued in order and the cursor moved. So the order of a channel is that of its
 * seqs, whichever node comes first, and who comes later finds it done.
 */
final class Round {
  private final JdbcCursors cursors;
  private final WebhookEvents events;
  private final Wanting wanting;
  private final Untold untold;

  Round(JdbcCursors cursors, WebhookEvents events, Wanting wanting) {
    this.cursors = cursors;
    this.events = events;
    this.wanting = wanting;
    this.untold =
        new Untold(
            channel -> cursors.since(wanting.of(channel).stream().map(Webhook::id).toList()));
  }

  /**
   * What was done.
   *
   * @param more channels of which there is more to tell
   * @param unread channels whose window could not be read: nothing of them was told
   */
  record Result(Set<ChannelId> more, Set<ChannelId> unread, long messages, long missed) {}

  /** One transaction's. */
  private static final class Sum {
    private final List<Event> events = new ArrayList<>();
    private final Map<ChannelId, Position> moved = new HashMap<>();
    private final Set<ChannelId> more = new HashSet<>();
    private final Set<ChannelId> unread = new HashSet<>();
    private long messages;
    private long missed;
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE: nothing was told
   */
  Result tell(List<Waiting> batch) {
    Map<ChannelId, Errand> errands = new LinkedHashMap<>();
    List<Waiting> passing = new ArrayList<>();
    for (Waiting one : batch) {
      if (!wanting.isWanted(one.channel())) {
        continue;
      }
      if (one.isKept()) {
        errands.computeIfAbsent(one.channel(), channel -> new Errand(one.held())).add(one);
      } else {
        passing.add(one);
      }
    }
    if (errands.isEmpty() && passing.isEmpty()) {
      return new Result(Set.of(), Set.of(), 0, 0);
    }
    return cursors.write(() -> write(errands, passing));
  }

  private Result write(Map<ChannelId, Errand> errands, List<Waiting> passing) {
    Sum sum = new Sum();
    for (Waiting one : passing) {
      for (Told told : one.fresh()) {
        sum.events.add(MessageEvents.of(one.channel(), told.epoch(), told.message()));
        sum.messages++;
      }
    }
    Map<ChannelId, TenantId> tenants = new HashMap<>();
    errands.forEach((channel, errand) -> tenants.put(channel, errand.held().tenant()));
    Map<ChannelId, Cursor> at = tenants.isEmpty() ? Map.of() : cursors.lock(tenants);
    for (Map.Entry<ChannelId, Errand> one : errands.entrySet()) {
      Cursor cursor = at.get(one.getKey());
      if (cursor != null) {
        add(sum, one.getKey(), cursor, one.getValue());
      }
    }
    events.emit(sum.events);
    if (!sum.moved.isEmpty()) {
      cursors.move(sum.moved);
    }
    return new Result(sum.more, sum.unread, sum.messages, sum.missed);
  }

  private void add(Sum sum, ChannelId channel, Cursor cursor, Errand errand) {
    Portion portion;
    try {
      portion = untold.of(cursor, errand, sum.unread.isEmpty());
    } catch (Untold.Unread window) {
      sum.unread.add(channel);
      return;
    }
    sum.events.addAll(portion.events());
    sum.messages += portion.messages();
    sum.missed += portion.missed();
    Position to = portion.at();
    if (to != null && !to.equals(cursor.at())) {
      sum.moved.put(channel, to);
    }
    if (portion.more()) {
      sum.more.add(channel);
    }
  }
}
