package io.tidegate.webhook.standing;

import java.time.Duration;
import java.util.Collection;

/**
 * Who holds what, over all nodes. Events are queued with the change that they tell of, or not at
 * all; changes of one fact follow each other. A node writes under a lease that it must renew; one
 * that has ended, by the store's clock, never holds again, and what was held under it can be taken
 * out. All throw {@code RefusedException} STORE_UNAVAILABLE.
 */
public interface StandingStore {
  /**
   * What a node holds.
   *
   * @param linger for so long behind the end of the lease it is not taken out
   */
  record Held(Fact fact, Holding holding, Duration linger) {}

  /** Begins a lease, with a name that no other has or had. */
  void begin(String holder, Duration length);

  /** False: it has ended. */
  boolean renew(String holder, Duration length);

  /** Ends it now. */
  void end(String holder);

  /**
   * The holder holds these, each of them once. Who is the first one tells of its beginning.
   *
   * @return false: its lease has ended, nothing was written
   * @throws IllegalArgumentException one of them cannot be written, and none was
   */
  boolean hold(String holder, Collection<Held> held);

  /** It holds these no more. Who was the last one tells of its end. False as above. */
  boolean release(String holder, Collection<Fact> facts);

  /** Takes out what is held under leases that ended long enough ago; returns how much. */
  int sweep();
}
