package io.tidegate.allowance;

import java.time.Duration;

class MemoryLenderTest extends LenderContract {
  private long micros = 1_700_000_000_000_000L;
  private final MemoryLender lender = new MemoryLender(() -> micros);
  private final Lender here = lender.of("here");
  private final Lender there = lender.of("there");

  @Override
  Lender here() {
    return here;
  }

  @Override
  Lender there() {
    return there;
  }

  @Override
  void pass(Duration time) {
    micros += time.toNanos() / 1_000;
  }
}
