package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.send.Barrier;
import io.tidegate.webhook.send.ForbiddenTarget;
import io.tidegate.webhook.send.Outcome;
import io.tidegate.webhook.send.Outcome.Fault;
import io.tidegate.webhook.send.Sender;
import io.tidegate.webhook.send.Target;
import java.net.URI;
import java.util.Map;

/**
 * Calls through the sender that looks at each address before it connects. A URL that was kept under
 * other rules than today's is refused by today's.
 */
public final class GuardedOutbound implements Outbound {
  private final Sender sender;
  private final Unanswered unanswered = new Unanswered();

  public GuardedOutbound(Sender sender) {
    this.sender = sender;
  }

  @Override
  public Attempt call(URI url, Map<String, String> headers, byte[] body) {
    try {
      return attempt(sender.send(Target.of(url.toString()), headers, body));
    } catch (ForbiddenTarget e) {
      return refused(e.barrier(), e.reason());
    }
  }

  /** Why calls had no answer, up to now. */
  public Unanswered unanswered() {
    return unanswered;
  }

  private Attempt attempt(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered it -> Attempt.answered(it.status(), it.took().toMillis(), it.body());
      case Outcome.Refused it -> refused(it.barrier(), it.reason());
      case Outcome.Failed it -> failed(it.fault(), it.reason(), it.took().toMillis());
    };
  }

  private Attempt refused(Barrier barrier, String reason) {
    unanswered.count(barrier);
    return Attempt.unanswered(0, barrier.slug() + ": " + reason);
  }

  private Attempt failed(Fault fault, String reason, long millis) {
    unanswered.count(fault);
    return Attempt.unanswered(millis, Unanswered.name(fault) + ": " + reason);
  }
}
