package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A queue and its leases that a restart forgets: for tests. Guarded by this. */
public final class MemoryDeliveryQueue implements DeliveryQueue, Leases {
  private final Map<UUID, NavigableMap<String, Deque<Waiting>>> queues = new HashMap<>();
  private final Map<UUID, Held> leases = new HashMap<>();
  private final Map<UUID, Webhook> webhooks = new HashMap<>();

  private record Waiting(Delivery delivery, long notBefore, long giveUp) {
    Waiting again(long when) {
      Delivery old = delivery;
      Delivery next =
          new Delivery(
              old.id(),
              old.eventId(),
              old.type(),
              old.key(),
              old.at(),
              old.data(),
              old.attempts() + 1);
      return new Waiting(next, when, giveUp);
    }
  }

  private record Held(@Nullable String owner, long until) {}

  public synchronized void add(Webhook webhook, ChannelName channel, String data) {
    webhooks.put(webhook.id(), webhook);
    Delivery delivery =
        new Delivery(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "message.published",
            channel.value(),
            Instant.now(),
            data,
            0);
    long now = System.nanoTime();
    queues
        .computeIfAbsent(webhook.id(), id -> new TreeMap<>())
        .computeIfAbsent(channel.value(), key -> new ArrayDeque<>())
        .add(new Waiting(delivery, now, now + Delivery.GIVE_UP_AFTER.toNanos()));
  }

  /** The time of all that waits for it is up. */
  public synchronized void timeIsUp(Webhook webhook) {
    long now = System.nanoTime();
    queues
        .getOrDefault(webhook.id(), new TreeMap<>())
        .replaceAll(
            (key, queue) -> {
              Deque<Waiting> late = new ArrayDeque<>();
              queue.forEach(one -> late.add(new Waiting(one.delivery(), one.notBefore(), now)));
              return late;
            });
  }

  @Override
  public synchronized Due due(UUID webhook, String after, Set<String> busy, Portion most) {
    List<Run> runs = new ArrayList<>();
    NavigableMap<String, Deque<Waiting>> all = queues.getOrDefault(webhook, new TreeMap<>());
    for (Map.Entry<String, Deque<Waiting>> one : all.tailMap(after, false).entrySet()) {
      boolean due = one.getValue().getFirst().notBefore() - System.nanoTime() <= 0;
      if (due && !busy.contains(one.getKey())) {
        runs.add(
            new Run(
                one.getKey(),
                one.getValue().stream()
                    .limit(most.deliveriesOfOne())
                    .map(Waiting::delivery)
                    .toList()));
        if (runs.size() == most.runs()) {
          return new Due(runs, one.getKey());
        }
      }
    }
    return new Due(runs, "");
  }

  @Override
  public synchronized void delivered(TenantId tenant, List<UUID> deliveries, Attempt attempt) {
    queues.values().forEach(all -> all.values().forEach(queue -> drop(queue, deliveries)));
    forgetEmpty();
  }

  @Override
  public synchronized int failed(
      TenantId tenant, List<UUID> deliveries, Attempt attempt, Duration pause) {
    long now = System.nanoTime();
    int dead = 0;
    for (NavigableMap<String, Deque<Waiting>> all : queues.values()) {
      for (Map.Entry<String, Deque<Waiting>> queue : all.entrySet()) {
        Deque<Waiting> left = new ArrayDeque<>();
        for (Waiting one : queue.getValue()) {
          if (!deliveries.contains(one.delivery().id())) {
            left.add(one);
          } else if (one.giveUp() - now <= 0) {
            dead++;
          } else {
            left.add(one.again(now + pause.toNanos()));
          }
        }
        queue.setValue(left);
      }
    }
    forgetEmpty();
    return dead;
  }

  @Override
  public synchronized void hasten(UUID webhook, Duration within) {
    long latest = System.nanoTime() + within.toNanos();
    queues
        .getOrDefault(webhook, new TreeMap<>())
        .replaceAll(
            (key, queue) -> {
              Deque<Waiting> sooner = new ArrayDeque<>();
              queue.forEach(
                  one ->
                      sooner.add(
                          new Waiting(
                              one.delivery(), Math.min(one.notBefore(), latest), one.giveUp())));
              return sooner;
            });
  }

  private static void drop(Deque<Waiting> queue, List<UUID> deliveries) {
    queue.removeIf(one -> deliveries.contains(one.delivery().id()));
  }

  private void forgetEmpty() {
    queues.values().forEach(all -> all.values().removeIf(Deque::isEmpty));
    queues.values().removeIf(Map::isEmpty);
  }

  @Override
  public synchronized List<Lease> take(String owner, Duration length, int most) {
    long now = System.nanoTime();
    List<Lease> taken = new ArrayList<>();
    for (UUID id : queues.keySet()) {
      Held held = leases.get(id);
      if (taken.size() < most && (held == null || held.until() - now < 0)) {
        leases.put(id, new Held(owner, now + length.toNanos()));
        taken.add(lease(id));
      }
    }
    return taken;
  }

  private Lease lease(UUID id) {
    Webhook webhook = java.util.Objects.requireNonNull(webhooks.get(id));
    AppId app = webhook.app();
    return new Lease(id, webhook.tenant(), app);
  }

  @Override
  public synchronized Set<UUID> renew(String owner, Duration length, Collection<UUID> asked) {
    Set<UUID> renewed = new HashSet<>();
    for (UUID id : asked) {
      Held held = leases.get(id);
      if (held != null && owner.equals(held.owner())) {
        leases.put(id, new Held(owner, System.nanoTime() + length.toNanos()));
        renewed.add(id);
      }
    }
    return renewed;
  }

  @Override
  public synchronized void release(String owner, UUID webhook, Duration pause) {
    Held held = leases.get(webhook);
    if (held != null && owner.equals(held.owner())) {
      leases.put(webhook, new Held(null, System.nanoTime() + pause.toNanos()));
    }
  }
}
