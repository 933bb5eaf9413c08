package io.tidegate.webhook.deliver;

import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Leases.Lease;
import io.tidegate.webhook.WebhookFormat;
import io.tidegate.webhook.Webhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of all that webhooks are told. Takes those for which something waits and nobody
 * sends, a {@link Round} for each, and says again and again that it lives. Whatever one of them
 * does, the others go on; when this process dies, its leases end and other nodes take them.
 */
public final class Dispatch implements AutoCloseable {
  /** Longer than a call: what is under way when a node goes down is written down. */
  private static final Duration LONGEST_END = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final String node;
  private final Leases leases;
  private final DeliveryQueue queue;
  private final Pace pace;
  private final Gates gates;
  private final Courier courier;
  private final Figures figures = new Figures();

  /** {@link Pace#rounds} at most. */
  private final Map<UUID, Round> rounds = new ConcurrentHashMap<>();

  private final Semaphore queued = new Semaphore(0);
  private volatile boolean stopped;

  /** What calls are made of. */
  public record Parts(Outbound outbound, WebhookFormat format, Toll toll) {}

  /** Where everything is kept. */
  public record Stores(Webhooks webhooks, DeliveryQueue queue, Leases leases) {}

  /**
   * @param node a name that no other process has or had
   */
  public Dispatch(String node, Stores stores, Parts parts, Pace pace, InstantSource clock) {
    this.node = node;
    this.leases = stores.leases();
    this.queue = stores.queue();
    this.pace = pace;
    this.gates = new Gates(pace);
    this.courier = new Courier(stores.webhooks(), queue, parts, pace.backoff(), clock, figures);
  }

  /** Who hears of each call from now on. */
  public void listen(AttemptListener to) {
    courier.listen(to);
  }

  /** Begins to look for work. */
  public void start() {
    Thread.ofVirtual().name("webhook-leases").start(this::takeAgainAndAgain);
    Thread.ofVirtual().name("webhook-lease-renewal").start(this::renewAgainAndAgain);
  }

  /** Something was queued for these: it need not wait until it is looked for. */
  public void wake(Set<UUID> webhooks) {
    for (UUID webhook : webhooks) {
      Round round = rounds.get(webhook);
      if (round == null) {
        queued.release();
      } else {
        round.wake();
      }
    }
  }

  public Figures figures() {
    return figures;
  }

  /** Webhooks that this node sends to now. */
  public int active() {
    return rounds.size();
  }

  /** Targets that this node leaves alone. */
  public long shut() {
    return gates.shut();
  }

  private void takeAgainAndAgain() {
    while (!stopped) {
      try {
        take();
      } catch (RefusedException e) {
        LOG.debug("webhooks wait for the database: {}", e.detail());
      } catch (RuntimeException e) {
        LOG.error("no webhooks are taken now, it is tried again", e);
      }
      awaitQueued();
    }
  }

  private void take() {
    int room = pace.rounds() - rounds.size();
    if (room <= 0) {
      return;
    }
    long begun = System.nanoTime();
    for (Lease lease : leases.take(node, pace.lease(), room)) {
      Round round =
          new Round(
              lease,
              gates.of(lease.webhook()),
              courier,
              queue,
              pace,
              begun + pace.lease().toNanos());
      if (rounds.putIfAbsent(lease.webhook(), round) == null) {
        Thread.ofVirtual().name("webhook-" + lease.webhook()).start(() -> run(round));
      }
      if (stopped) {
        round.stop();
      }
    }
  }

  private void run(Round round) {
    UUID webhook = round.lease().webhook();
    Duration pause = Duration.ZERO;
    try {
      pause = round.run();
    } catch (RuntimeException e) {
      LOG.error("webhook {} is left for now", webhook, e);
    } finally {
      rounds.remove(webhook, round);
      release(webhook, pause);
    }
  }

  private void release(UUID webhook, Duration pause) {
    try {
      leases.release(node, webhook, pause);
    } catch (RefusedException e) {
      LOG.debug("webhook {} is let go by time: {}", webhook, e.detail());
    }
  }

  private void renewAgainAndAgain() {
    while (!stopped || !rounds.isEmpty()) {
      try {
        renew();
      } catch (RefusedException e) {
        LOG.debug("leases of webhooks wait for the database: {}", e.detail());
      } catch (RuntimeException e) {
        LOG.error("leases of webhooks are not renewed now, it is tried again", e);
      }
      sleep(pace.renew());
    }
  }

  private void renew() {
    Map<UUID, Round> held = Map.copyOf(rounds);
    if (held.isEmpty()) {
      return;
    }
    // What is held is counted from before the question: the database's time begins later.
    long begun = System.nanoTime();
    Set<UUID> renewed = leases.renew(node, pace.lease(), held.keySet());
    held.forEach(
        (webhook, round) -> {
          if (renewed.contains(webhook)) {
            round.hold(begun + pace.lease().toNanos());
          } else {
            round.stop();
          }
        });
  }

  private void awaitQueued() {
    try {
      if (queued.tryAcquire(pace.poll().toMillis(), TimeUnit.MILLISECONDS)) {
        queued.drainPermits();
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** Begins nothing more, waits for what is under way, gives its leases back. */
  @Override
  public void close() {
    stopped = true;
    queued.release();
    rounds.values().forEach(Round::stop);
    long until = System.nanoTime() + LONGEST_END.toNanos();
    while (!rounds.isEmpty() && until - System.nanoTime() > 0) {
      sleep(Duration.ofMillis(20));
    }
  }
}
