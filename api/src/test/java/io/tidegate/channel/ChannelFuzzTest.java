package io.tidegate.channel;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link ChannelFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class ChannelFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyName(byte[] input) {
    new ChannelFuzzing().anyName(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyPattern(byte[] input) {
    new ChannelFuzzing().anyPattern(input);
  }
}
