package io.tidegate.rest;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link CursorFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class CursorFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyCursor(byte[] input) {
    new CursorFuzzing().anyCursor(input);
  }
}
