package io.tidegate.auth;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Runs {@link CredentialFuzzing}. Names no type of ours itself: what is loaded before the fuzzer's
 * agent comes is transformed once more, and that breaks records with type annotations
 * (JDK-8376185).
 */
class CredentialFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyText(byte[] input) {
    new CredentialFuzzing().anyText(input);
  }

  @FuzzTest(maxDuration = "60s")
  void anyJwtUnderAGoodSignature(byte[] input) {
    new CredentialFuzzing().anyJwtUnderAGoodSignature(input);
  }
}
