package io.tidegate.tail;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Position;
import io.tidegate.channel.Trail;
import io.tidegate.hub.Hub;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Follows the trail of one store. When it is incomplete, every channel of the store with
 * subscribers is asked for, some in each step. For one thread at a time.
 */
public final class StoreTail {
  /** Per step, so that a node with a million channels does not stop its store. */
  private static final int MAX_QUERIES = 20;

  private final String name;
  private final Trail trail;
  private final Hub hub;
  private final Predicate<ChannelId> mine;

  /** Still to be asked for: as many as this node has channels. */
  private final Set<ChannelId> unsure = new LinkedHashSet<>();

  private final LongAdder repairs = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * @param mine whether the store holds a channel
   */
  public StoreTail(String name, Trail trail, Hub hub, Predicate<ChannelId> mine) {
    this.name = name;
    this.trail = trail;
    this.hub = hub;
    this.mine = mine;
  }

  public String name() {
    return name;
  }

  /** Feeds that were behind when the store was read. */
  public long repairs() {
    return repairs.sum();
  }

  /** Trails that were incomplete. */
  public long gaps() {
    return gaps.sum();
  }

  /** Reads that the store did not answer. */
  public long failures() {
    return failures.sum();
  }

  /** Reads on; what the store does not answer is read by the next step. */
  void step() {
    try {
      Trail.Step step = trail.next();
      step.changed().forEach(this::seen);
      if (!step.complete()) {
        gaps.increment();
        hub.occupied(unsure::add);
      }
      ask();
    } catch (RefusedException away) {
      failures.increment();
    }
  }

  private void seen(ChannelId channel, Position at) {
    if (hub.seen(channel, at)) {
      repairs.increment();
    }
  }

  private void ask() {
    Set<ChannelId> unread = new HashSet<>();
    try {
      for (int query = 0; query < MAX_QUERIES && !unsure.isEmpty(); query++) {
        List<ChannelId> some = some();
        some.forEach(unsure::remove);
        unread.addAll(some);
        unread.removeAll(compared(some));
      }
    } finally {
      // Behind those whose turn has not come: a server that is away keeps nobody waiting.
      unsure.addAll(unread);
    }
    if (!unread.isEmpty()) {
      failures.increment();
    }
  }

  /** Those of them that are no longer to be asked for. */
  private Set<ChannelId> compared(List<ChannelId> some) {
    Set<ChannelId> done = new HashSet<>(some);
    List<ChannelId> held = some.stream().filter(mine).toList();
    if (!held.isEmpty()) {
      Trail.Positions answer = trail.positions(held);
      done.removeAll(answer.unread());
      for (ChannelId channel : held) {
        if (done.contains(channel) && hub.compare(channel, answer.found().get(channel))) {
          repairs.increment();
        }
      }
    }
    return done;
  }

  private List<ChannelId> some() {
    List<ChannelId> some = new ArrayList<>();
    Iterator<ChannelId> next = unsure.iterator();
    while (next.hasNext() && some.size() < Trail.MAX_POSITIONS) {
      some.add(next.next());
    }
    return some;
  }
}
