package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.hook.HookCalls;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.HookOutcome;
import jakarta.inject.Singleton;
import java.util.List;

/** What this node asks hooks. */
@Singleton
final class HookMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Meters meters;
  private final HookCalls calls;

  HookMetrics(Meters meters, HookCalls calls) {
    this.meters = meters;
    this.calls = calls;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    for (HookKind kind : HookKind.values()) {
      for (HookOutcome outcome : HookOutcome.values()) {
        meters.counter(
            "tidegate.hook.decisions",
            "What came of asking hooks",
            () -> calls.figures().of(kind, outcome),
            "kind",
            kind.wireName(),
            "outcome",
            outcome.wireName());
      }
    }
    meters.histogram(
        "tidegate_hook_seconds",
        "From the wait for a place to the answer of a hook",
        NANOS_PER_SECOND,
        () -> List.of(calls.figures().times()));
    meters.gauge("tidegate.hook.shut", "Hooks that are left alone", calls::shut);
  }
}
