package io.tidegate.hook;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/** What a verdict means for whoever waits for it. */
final class HookRulings {
  /** A hook that is away is asked again soon. */
  private static final long RETRY_MILLIS = 1_000;

  private HookRulings() {}

  /**
   * What the hook has made of it, null when it stays as it is.
   *
   * @throws RefusedException HOOK_REFUSED; HOOK_UNAVAILABLE when the hook must be asked and cannot
   */
  static <T> @Nullable T made(Hook hook, Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Allowed<T> allowed -> null;
      case Verdict.Changed<T> changed -> changed.made();
      case Verdict.Refused<T> refused -> throw refused(hook, refused.reason());
      case Verdict.Failed<T> failed -> {
        if (hook.onFailure() == OnFailure.REFUSE) {
          throw unavailable(hook, failed.why());
        }
        yield null;
      }
    };
  }

  private static RefusedException refused(Hook hook, @Nullable String reason) {
    return new RefusedException(
            Refusal.HOOK_REFUSED, reason == null ? "a hook of the app has refused it" : reason)
        .by(hook.kind().step(), hook.called() + " refused it")
        .in(hook.kind().operation(), null);
  }

  private static RefusedException unavailable(Hook hook, String why) {
    String detail = "a hook of the app has to be asked, and gives no answer";
    // Who connects is told by the entrance when to come back, each at another time.
    RefusedException refused =
        hook.kind() == HookKind.CONNECT
            ? new RefusedException(Refusal.HOOK_UNAVAILABLE, detail)
            : RefusedException.retryAfter(Refusal.HOOK_UNAVAILABLE, detail, RETRY_MILLIS);
    return refused
        .by(hook.kind().step(), hook.called() + " has onFailure refuse: " + why)
        .in(hook.kind().operation(), null);
  }
}
