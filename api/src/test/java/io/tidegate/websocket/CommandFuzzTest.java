package io.tidegate.websocket;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link CommandFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class CommandFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyFrame(byte[] input) {
    new CommandFuzzing().anyFrame(input);
  }
}
