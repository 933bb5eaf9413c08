package io.tidegate.edge;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link PositionFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class PositionFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyId(byte[] input) {
    new PositionFuzzing().anyId(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyRequestTarget(byte[] input) {
    new PositionFuzzing().anyRequestTarget(input);
  }
}
