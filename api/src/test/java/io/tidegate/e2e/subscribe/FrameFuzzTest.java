package io.tidegate.e2e.subscribe;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link FrameFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's agent
 * comes is transformed once more, and that breaks records with type annotations (JDK-8376185).
 */
class FrameFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyBytes(byte[] input) throws Exception {
    new FrameFuzzing().anyBytes(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyTexts(byte[] input) throws Exception {
    new FrameFuzzing().anyTexts(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyFrames(byte[] input) throws Exception {
    new FrameFuzzing().anyFrames(input);
  }
}
