package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature's form, and that it covers what it says. */
final class SignerTest {
  private static final SigningSecret SECRET =
      new SigningSecret("tgw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
  private static final SigningSecret NEXT =
      new SigningSecret("tgw_GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210");
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 999_999_999);
  private static final byte[] BODY = "{\"id\":\"e1\"}".getBytes(StandardCharsets.UTF_8);

  private static String sign(Instant now, byte[] body, SigningSecret... good) {
    return Signer.sign(now, body, List.of(good));
  }

  @Test
  void theFormIsTimeAndOneSignatureForEachSecret() {
    String both = sign(NOW, BODY, SECRET, NEXT);

    assertThat(both).matches("t=1700000000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}");
    assertThat(both).startsWith(sign(NOW, BODY, SECRET));
    assertThat(both).endsWith(sign(NOW, BODY, NEXT).substring("t=1700000000".length()));
  }

  @Test
  void timeBodyAndSecretAreAllCovered() {
    String signed = sign(NOW, BODY, SECRET).substring("t=1700000000".length());

    assertThat(sign(NOW.plusSeconds(1), BODY, SECRET)).doesNotEndWith(signed);
    assertThat(sign(NOW, "{\"id\":\"e2\"}".getBytes(StandardCharsets.UTF_8), SECRET))
        .doesNotEndWith(signed);
    assertThat(sign(NOW, BODY, NEXT)).doesNotEndWith(signed);
  }

  @Test
  void eitherSecretKnowsACallWhileOneIsReplaced() {
    String both = sign(NOW, BODY, SECRET, NEXT);

    assertThat(Verification.isGenuine(both, BODY, SECRET, NOW)).isTrue();
    assertThat(Verification.isGenuine(both, BODY, NEXT, NOW)).isTrue();
    assertThat(Verification.isGenuine(sign(NOW, BODY, SECRET), BODY, NEXT, NOW)).isFalse();
    assertThat(Verification.isGenuine(both, new byte[0], SECRET, NOW)).isFalse();
    assertThat(Verification.isGenuine(both, BODY, SECRET, NOW.plusSeconds(302))).isFalse();
    assertThat(Verification.isGenuine(both, BODY, SECRET, NOW.minusSeconds(302))).isFalse();
  }

  @Test
  void withoutSecretNothingIsSigned() {
    assertThatThrownBy(() -> Signer.sign(NOW, BODY, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "with a space in it, though long enough",
        "ümlaut_0123456789_0123456789_012"
      })
  void aSecretThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> new SigningSecret(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretIsNeverPrinted() {
    assertThat(SECRET.toString()).doesNotContain("0123");
  }
}
