package io.tidegate.webhook.source;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Position;
import io.tidegate.channel.Trail;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Finds channels that are ahead of their cursors, and has the rest told: what a node left untold
 * that died, and what PostgreSQL could not take. Costs what is published, by the trail of the
 * windows; every channel of the apps that want to hear of messages is looked at only when the trail
 * has a gap. For one thread at a time, on any number of nodes.
 */
public final class Sweep {
  /** Of them a lane can hold more. */
  private static final int AT_ONCE = 100;

  private static final int LONGEST_WAIT_SECONDS = 10;

  private final WindowHerald herald;
  private final JdbcCursors cursors;
  private final Stores stores;
  private final Trail trail;

  /** Published to since the step before: by now they are told, unless nobody does. */
  private Map<ChannelId, Position> suspects = Map.of();

  /** Whether nobody wanted to hear of messages a moment ago: then nothing is untold. */
  private boolean idle;

  /**
   * @param trail of the windows, with no other reader
   */
  public Sweep(WindowHerald herald, JdbcCursors cursors, Stores stores, Trail trail) {
    this.herald = herald;
    this.cursors = cursors;
    this.stores = stores;
    this.trail = trail;
  }

  /**
   * One step; every few seconds. What fails is left to the next one.
   *
   * @throws RefusedException STORE_UNAVAILABLE, READ_TIMEOUT
   */
  public void step() {
    Set<AppId> apps = cursors.apps();
    if (apps.isEmpty()) {
      suspects = Map.of();
      herald.behind().forget();
      idle = true;
      return;
    }
    tellRest(herald.behind().take());
    check(suspects);
    suspects = Map.of();
    Trail.Step step = trail.next();
    if (!step.complete() && !idle) {
      herald.behind().addEverything();
    }
    idle = false;
    boolean all = herald.behind().takeEverything();
    try {
      suspects = of(apps, step.changed());
      if (all) {
        apps.forEach(this::checkAll);
      }
    } catch (RuntimeException e) {
      herald.behind().addEverything();
      throw e;
    }
  }

  private Map<ChannelId, Position> of(Set<AppId> apps, Map<ChannelId, Position> changed) {
    Map<ChannelId, Position> found = new HashMap<>();
    changed.forEach(
        (channel, at) -> {
          if (apps.contains(channel.app()) && herald.wanting().isWanted(channel)) {
            found.put(channel, at);
          }
        });
    return found;
  }

  private void checkAll(AppId app) {
    String after = "";
    List<ChannelName> page;
    do {
      page = stores.broker().list(app, "", after, Trail.MAX_POSITIONS);
      List<ChannelId> wanted = new ArrayList<>();
      for (ChannelName name : page) {
        ChannelId channel = new ChannelId(app, name);
        if (herald.wanting().isWanted(channel)) {
          wanted.add(channel);
        }
        after = name.value();
      }
      if (!wanted.isEmpty()) {
        Trail.Positions at = trail.positions(wanted);
        at.unread().forEach(herald.behind()::add);
        check(at.found());
      }
    } while (page.size() == Trail.MAX_POSITIONS);
  }

  private void check(Map<ChannelId, Position> channels) {
    List<Map.Entry<ChannelId, Position>> all = List.copyOf(channels.entrySet());
    for (int from = 0; from < all.size(); from += Trail.MAX_POSITIONS) {
      List<Map.Entry<ChannelId, Position>> some =
          all.subList(from, Math.min(all.size(), from + Trail.MAX_POSITIONS));
      Map<ChannelId, Cursor> at = cursors.find(some.stream().map(Map.Entry::getKey).toList());
      tellRest(
          some.stream()
              .filter(one -> !at.getOrDefault(one.getKey(), Cursor.NONE).covers(one.getValue()))
              .map(Map.Entry::getKey)
              .toList());
    }
  }

  /** Some at a time, as fast as they are told. */
  private void tellRest(List<ChannelId> channels) {
    for (int from = 0; from < channels.size(); from += AT_ONCE) {
      List<CompletableFuture<Boolean>> told = new ArrayList<>();
      for (ChannelId channel : channels.subList(from, Math.min(channels.size(), from + AT_ONCE))) {
        tellRest(channel, told);
      }
      CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
          .join();
    }
  }

  private void tellRest(ChannelId channel, List<CompletableFuture<Boolean>> told) {
    try {
      Held held = stores.of(channel);
      if (held.durability() == Durability.WINDOW && herald.wanting().isWanted(channel)) {
        told.add(herald.tellRest(held));
      }
    } catch (RefusedException e) {
      if (e.refusal() != Refusal.NOT_FOUND) {
        herald.behind().add(channel);
      }
    }
  }
}
