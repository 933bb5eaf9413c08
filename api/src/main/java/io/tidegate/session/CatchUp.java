package io.tidegate.session;

import io.tidegate.hub.Batch;
import io.tidegate.hub.Subscription;
import io.tidegate.limit.TenantQuota;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Lets one client's subscriptions that are behind go on while there is room and its tenant has
 * deliveries left, in turns. Belongs to the client's event loop.
 */
final class CatchUp {
  /** One subscription's turn, so that a long replay does not starve the others. */
  private static final int TURN_BYTES = 16 << 10;

  /** One turn's messages where deliveries have a rate: they are taken before they are known. */
  private static final int TURN_MESSAGES = 256;

  /** How often one that waits for the tenant's deliveries looks for them: often in a second. */
  private static final long STARVED_MILLIS = 100;

  private final Session session;
  private final Outbox outbox;

  /** Subscriptions that can go on when there is room; each is here once at most. */
  private final ArrayDeque<Subscription> behind = new ArrayDeque<>(4);

  private boolean pumping;

  /** Whether they wait as the tenant has no more deliveries; looked at again soon. */
  private boolean starved;

  /** When a live subscription first fell behind, 0 when all have caught up; nanoTime. */
  private long since;

  CatchUp(Session session, Outbox outbox) {
    this.session = session;
    this.outbox = outbox;
  }

  /** A live subscription could not take what was published. */
  void fellBehind() {
    if (since == 0) {
      since = Outbox.now();
    }
  }

  boolean isSlow(long now) {
    return since != 0 && now - since > Outbox.SLOW_NANOS;
  }

  boolean isStarved() {
    return starved;
  }

  void add(Subscription subscription) {
    behind.add(subscription);
    pump();
  }

  void pump() {
    if (pumping || starved) {
      return;
    }
    TenantQuota quota = session.client().quota().tenant();
    pumping = true;
    try {
      while (!behind.isEmpty() && outbox.transport().isWritable()) {
        int most = quota.deliverUpTo(TURN_MESSAGES);
        if (most == 0) {
          pumpLater();
          return;
        }
        Subscription next = behind.poll();
        Batch batch = next.step(TURN_BYTES, most);
        quota.undelivered(batch == null ? most : most - batch.size());
        if (batch != null) {
          outbox.write(batch);
          next.taken(batch);
          behind.add(next);
        }
      }
    } finally {
      pumping = false;
    }
    if (behind.isEmpty() && !session.subscriptions().isBehind()) {
      since = 0;
    }
  }

  private void pumpLater() {
    starved = true;
    session
        .loop()
        .executor()
        .schedule(
            () -> {
              starved = false;
              if (!session.isEnded()) {
                goOn();
              }
            },
            STARVED_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void goOn() {
    try {
      pump();
      outbox.transport().flush();
    } catch (Throwable fault) {
      session.fault(fault);
    }
  }
}
