package io.tidegate.allowance;

import java.time.Duration;

class MemoryAllowancesTest extends AllowancesContract {
  private final ManualNanos clock = new ManualNanos();
  private final Allowances allowances = new MemoryAllowances(clock);

  @Override
  Allowances allowances() {
    return allowances;
  }

  @Override
  void pass(Duration time) {
    clock.advance(time.toNanos());
  }
}
