package io.tidegate.publish;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link PublishFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class PublishFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyBody(byte[] input) {
    new PublishFuzzing().anyBody(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyBatch(byte[] input) {
    new PublishFuzzing().anyBatch(input);
  }
}
