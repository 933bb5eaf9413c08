package io.tidegate.webhook.standing;

import java.time.Duration;

/**
 * How fast everything goes.
 *
 * @param flush so often what changed is written
 * @param debounce what comes back within it was never away
 * @param margin a member stays for so long behind its grace: who takes it over has to say so first
 * @param lease for so long a node is taken to live that says nothing
 * @param renew so often it says so
 * @param deadMember for so long behind the end of its node's lease a member stays: with what is
 *     left of the lease about the 10 s that presence gives it
 * @param sweep so often what dead nodes held is looked for
 * @param first no sooner behind its start a node does: clients of one that was started again have
 *     come back by then
 */
public record Pace(
    Duration flush,
    Duration debounce,
    Duration margin,
    Duration lease,
    Duration renew,
    Duration deadMember,
    Duration sweep,
    Duration first) {
  public static final Pace STANDARD =
      new Pace(
          Duration.ofMillis(100),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofSeconds(6));

  /** For so long something is held that is gone. */
  Duration delay(Duration grace) {
    Duration stays = grace.isZero() ? grace : grace.plus(margin);
    return stays.compareTo(debounce) > 0 ? stays : debounce;
  }

  /** For so long behind the end of a lease it stands. */
  Duration linger(Kind kind) {
    return kind == Kind.MEMBER ? deadMember : debounce;
  }
}
