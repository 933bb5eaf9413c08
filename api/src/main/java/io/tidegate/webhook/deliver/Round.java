package io.tidegate.webhook.deliver;

import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.DeliveryQueue.Due;
import io.tidegate.webhook.DeliveryQueue.Portion;
import io.tidegate.webhook.Leases.Lease;
import io.tidegate.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to one webhook for as long as this node holds its lease and something is due. Of each
 * subject one consignment is under way at a time, so its events keep their order: what has not been
 * acknowledged is before what follows it.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final Lease lease;
  private final Gate gate;
  private final Courier courier;
  private final DeliveryQueue queue;
  private final Pace pace;

  /** Subjects of which something is under way; as many as fit the gate's places. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** Has a permit when there may be something to do. */
  private final Semaphore signal = new Semaphore(0);

  /** On the scale of {@link System#nanoTime}: the lease is held until then for certain. */
  private volatile long heldUntil;

  private volatile boolean stopped;

  /** Whether the gate let something not pass since the last look; what was due is due still. */
  private volatile boolean turnedAway;

  Round(Lease lease, Gate gate, Courier courier, DeliveryQueue queue, Pace pace, long heldUntil) {
    this.lease = lease;
    this.gate = gate;
    this.courier = courier;
    this.queue = queue;
    this.pace = pace;
    this.heldUntil = heldUntil;
  }

  Lease lease() {
    return lease;
  }

  void hold(long untilNanos) {
    heldUntil = untilNanos;
  }

  /** Something was queued, or has come to an end. */
  void wake() {
    signal.release();
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
    wake();
  }

  private boolean isHeld() {
    return !stopped && heldUntil - System.nanoTime() > 0;
  }

  /**
   * Sends until there is nothing to do, or no right to it; then waits for what is under way.
   *
   * @return for how long the target is to be left alone
   */
  Duration run() {
    Duration pause = send();
    stopped = true;
    while (!busy.isEmpty()) {
      await();
    }
    return pause;
  }

  private Duration send() {
    String after = "";
    long lastDue = System.nanoTime();
    while (isHeld()) {
      Optional<Webhook> webhook = courier.find(lease);
      if (webhook.isEmpty() || !webhook.get().enabled()) {
        return Duration.ZERO;
      }
      if (turnedAway && busy.isEmpty()) {
        if (gate.isShut()) {
          return pace.pause();
        }
        turnedAway = false;
      }
      boolean mayStart = gate.free() > 0 && !turnedAway;
      Due due = mayStart ? look(after, webhook.get().maxEvents()) : new Due(List.of(), after);
      after = due.after();
      if (start(due, webhook.get())) {
        lastDue = System.nanoTime();
      } else if (busy.isEmpty() && System.nanoTime() - lastDue > pace.idle().toNanos()) {
        return Duration.ZERO;
      } else if (!mayStart || after.isEmpty()) {
        await();
      }
    }
    return Duration.ZERO;
  }

  /** Nothing, when the database cannot tell. */
  private Due look(String after, int maxEvents) {
    Portion portion =
        maxEvents == 1
            ? new Portion(gate.free(), Consignment.RUN)
            : new Portion(maxEvents, maxEvents);
    try {
      return queue.due(lease.webhook(), after, Set.copyOf(busy), portion);
    } catch (RefusedException e) {
      LOG.info("webhook {} waits for the database: {}", lease.webhook(), e.detail());
      return new Due(List.of(), "");
    }
  }

  private boolean start(Due due, Webhook webhook) {
    List<Consignment> all =
        webhook.maxEvents() == 1
            ? due.runs().stream().map(Consignment::ofSingles).toList()
            : Consignment.ofBatches(due.runs(), webhook.maxEvents());
    boolean started = false;
    for (Consignment one : all) {
      if (!gate.enter()) {
        break;
      }
      busy.addAll(one.keys());
      Thread.ofVirtual().name("webhook-" + lease.webhook()).start(() -> carry(one));
      started = true;
    }
    return started;
  }

  private void carry(Consignment consignment) {
    try {
      for (List<Delivery> call : consignment.calls()) {
        if (!mayCall()) {
          return;
        }
        if (!gate.permits()) {
          turnedAway = true;
          return;
        }
        if (!courier.call(lease, gate, call)) {
          return;
        }
      }
    } catch (RefusedException e) {
      LOG.info("webhook {}: it is not written down what came: {}", lease.webhook(), e.detail());
    } catch (RuntimeException e) {
      LOG.error("webhook {}: a call came to nothing, it is made again", lease.webhook(), e);
    } finally {
      busy.removeAll(consignment.keys());
      gate.leave();
      wake();
    }
  }

  /** Waits for the tenant's rate, while the lease is held. */
  private boolean mayCall() {
    while (isHeld()) {
      long wait = courier.waitMillis(lease);
      if (wait == 0) {
        return isHeld();
      }
      sleep(Math.min(wait, pace.poll().toMillis()));
    }
    return false;
  }

  private void await() {
    try {
      boolean signalled = signal.tryAcquire(pace.poll().toMillis(), TimeUnit.MILLISECONDS);
      if (signalled) {
        signal.drainPermits();
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
