package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Attempt;
import java.util.concurrent.atomic.LongAdder;

/** What this node has sent since its start. */
public final class Figures {
  private final LongAdder taken = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder dead = new LongAdder();

  void came(Attempt attempt, int deliveries) {
    if (attempt.delivers()) {
      taken.increment();
      events.add(deliveries);
    } else if (attempt.status() != null) {
      refused.increment();
    } else {
      unanswered.increment();
    }
  }

  void gaveUp(int deliveries) {
    dead.add(deliveries);
  }

  /** Calls answered with 2xx. */
  public long taken() {
    return taken.sum();
  }

  /** Calls answered with anything else. */
  public long refused() {
    return refused.sum();
  }

  /** Calls without an answer. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Events delivered; a repetition counts again. */
  public long events() {
    return events.sum();
  }

  /** Deliveries given up. */
  public long dead() {
    return dead.sum();
  }
}
