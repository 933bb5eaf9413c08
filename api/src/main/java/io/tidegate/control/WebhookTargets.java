package io.tidegate.control;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.send.ForbiddenTarget;
import io.tidegate.webhook.send.Guard;
import io.tidegate.webhook.send.Target;
import jakarta.inject.Singleton;

/**
 * The URLs that webhooks may be given, as far as can be told before a name is looked up. Whether a
 * name's addresses may be called is seen at each call.
 */
@Singleton
final class WebhookTargets {
  private final Guard guard;

  WebhookTargets(Guard guard) {
    this.guard = guard;
  }

  /**
   * @throws RefusedException {@link Refusal#WEBHOOK_TARGET_REFUSED} with what stands between
   */
  Target of(String url) {
    try {
      Target target = Target.of(url);
      guard.ensureMayBeNamed(target);
      return target;
    } catch (ForbiddenTarget e) {
      throw new RefusedException(
          Refusal.WEBHOOK_TARGET_REFUSED, e.barrier().slug() + ": " + e.reason());
    }
  }
}
