package io.tidegate.hook;

import io.tidegate.figures.Buckets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this node has asked, of all hooks together. Any thread. */
public final class HookFigures {
  private final Map<HookKind, Map<HookOutcome, LongAdder>> counts = new EnumMap<>(HookKind.class);

  /** Of calls that were made; written under its monitor. */
  private final Buckets took = Buckets.ofLatency();

  HookFigures() {
    for (HookKind kind : HookKind.values()) {
      Map<HookOutcome, LongAdder> byOutcome = new EnumMap<>(HookOutcome.class);
      for (HookOutcome outcome : HookOutcome.values()) {
        byOutcome.put(outcome, new LongAdder());
      }
      counts.put(kind, byOutcome);
    }
  }

  void count(HookKind kind, HookOutcome outcome) {
    adder(kind, outcome).increment();
  }

  void took(long nanos) {
    synchronized (took) {
      took.record(nanos);
    }
  }

  public long of(HookKind kind, HookOutcome outcome) {
    return adder(kind, outcome).sum();
  }

  /** In ns. */
  public Buckets times() {
    return took;
  }

  private LongAdder adder(HookKind kind, HookOutcome outcome) {
    Map<HookOutcome, LongAdder> byOutcome = counts.get(kind);
    LongAdder adder = byOutcome == null ? null : byOutcome.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("every kind and outcome has its own");
    }
    return adder;
  }
}
