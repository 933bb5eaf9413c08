package io.tidegate.webhook.send;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A receiver's side of {@link Signer}, for tests that receive; compares in constant time. */
public final class Verification {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12})((?:,v1=[0-9a-f]{64})+)");

  private Verification() {}

  /** Whether the call is signed with the secret, and of about now. */
  public static boolean isGenuine(String header, byte[] body, SigningSecret secret, Instant now) {
    List<MatchResult> form = FORM.matcher(header).results().toList();
    if (form.size() != 1 || !form.getFirst().group().equals(header)) {
      return false;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(form.getFirst().group(1)));
    if (Duration.between(at, now).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    String expected = Signer.sign(at, body, List.of(secret)).split(",", 2)[1];
    boolean genuine = false;
    for (String signature : form.getFirst().group(2).substring(1).split(",", -1)) {
      genuine |=
          MessageDigest.isEqual(
              expected.getBytes(StandardCharsets.US_ASCII),
              signature.getBytes(StandardCharsets.US_ASCII));
    }
    return genuine;
  }
}
