package io.tidegate.webhook.deliver;

import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Leases.Lease;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookFormat;
import io.tidegate.webhook.Webhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call and writes down what came of it. */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** When nobody can say what the tenant may. */
  private static final long UNKNOWN_MILLIS = 1_000;

  /** A target that is back is not met by all that waits for it at once. */
  private static final Duration SPREAD = Duration.ofSeconds(5);

  private final Webhooks webhooks;
  private final DeliveryQueue queue;
  private final Dispatch.Parts parts;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Figures figures;
  private volatile AttemptListener listener = AttemptListener.NOBODY;

  Courier(
      Webhooks webhooks,
      DeliveryQueue queue,
      Dispatch.Parts parts,
      Backoff backoff,
      InstantSource clock,
      Figures figures) {
    this.webhooks = webhooks;
    this.queue = queue;
    this.parts = parts;
    this.backoff = backoff;
    this.clock = clock;
    this.figures = figures;
  }

  /** From now on. */
  void listen(AttemptListener to) {
    listener = to;
  }

  /** The webhook as it is now; empty as well when nobody can say. */
  Optional<Webhook> find(Lease lease) {
    try {
      return webhooks.find(lease.app(), lease.webhook());
    } catch (RefusedException e) {
      LOG.info("webhook {} waits for the database: {}", lease.webhook(), e.detail());
      return Optional.empty();
    }
  }

  long waitMillis(Lease lease) {
    try {
      return parts.toll().waitMillis(lease.tenant());
    } catch (RefusedException e) {
      return UNKNOWN_MILLIS;
    }
  }

  /**
   * One call, by the webhook's newest address and secrets.
   *
   * @param gate has permitted it, and hears how it went
   * @return whether it was taken, and that is written down
   * @throws RefusedException when the database is away: it will come again
   */
  boolean call(Lease lease, Gate gate, List<Delivery> deliveries) {
    boolean wasShut = gate.isShut();
    Optional<Webhook> webhook = find(lease);
    if (webhook.isEmpty()) {
      gate.forgo();
      return false;
    }
    Attempt attempt = call(webhook.get(), deliveries);
    gate.came(attempt.delivers());
    figures.came(attempt, deliveries.size());
    listener.attempted(lease, deliveries, attempt);
    parts.toll().called(lease.app());
    settle(lease, gate, deliveries, attempt);
    if (wasShut && !gate.isShut()) {
      queue.hasten(lease.webhook(), SPREAD);
    }
    return attempt.delivers();
  }

  /** A fault of ours is like one of the target: tried again, not at once. */
  private Attempt call(Webhook webhook, List<Delivery> deliveries) {
    long begun = System.nanoTime();
    try {
      WebhookFormat.Call call = parts.format().of(webhook, deliveries, clock.instant());
      return parts.outbound().call(webhook.url(), call.headers(), call.body());
    } catch (RuntimeException e) {
      LOG.error("webhook {}: a call failed here", webhook.id(), e);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      return Attempt.unanswered(took, "a fault of the gateway");
    }
  }

  private void settle(Lease lease, Gate gate, List<Delivery> deliveries, Attempt attempt) {
    List<UUID> ids = deliveries.stream().map(Delivery::id).toList();
    if (attempt.delivers()) {
      queue.delivered(lease.tenant(), ids, attempt);
    } else {
      int attempts = deliveries.getFirst().attempts();
      Duration pause = backoff.after(attempts, gate.inARow());
      figures.gaveUp(queue.failed(lease.tenant(), ids, attempt, pause));
    }
  }
}
