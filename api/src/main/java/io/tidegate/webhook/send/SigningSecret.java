package io.tidegate.webhook.send;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook's calls are signed with: the whole text as its owner was shown it, prefix
 * included, is the key. Never printed.
 */
public record SigningSecret(String text) {
  /** What the text of one that is drawn begins with. */
  public static final String PREFIX = "tgw_";

  /** Shorter ones can be guessed; drawn ones have 256 random bits (RFC 2104, section 3). */
  private static final int SHORTEST = 32;

  private static final int LONGEST = 256;

  public SigningSecret {
    if (!text.matches("[!-~]{" + SHORTEST + "," + LONGEST + "}")) {
      throw new IllegalArgumentException("no secret of 32 to 256 characters of ASCII");
    }
  }

  SecretKeySpec key() {
    return new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), Signer.ALGORITHM);
  }

  @Override
  public String toString() {
    return "SigningSecret";
  }
}
