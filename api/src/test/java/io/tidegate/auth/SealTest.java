package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] MASTER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Seal seal = new Seal(MASTER, "connection-key");

  @Test
  void sealOfTheSameIsTheSame() {
    byte[] made = seal.over(32, "a", "b");

    assertThat(new Seal(MASTER, "connection-key").over(32, "a", "b")).isEqualTo(made);
    assertThat(new Seal(MASTER, "connection-key").matches(made, "a", "b")).isTrue();
  }

  /** HMAC-SHA256 by another implementation: what was sealed before an upgrade stays good. */
  @Test
  void sealIsTheOneItAlwaysWas() {
    assertThat(HexFormat.of().formatHex(seal.over(16, "ada", "é")))
        .isEqualTo("e7a54a356ca586a577dc40b7bead3a6b");
  }

  @Test
  void shorterSealIsItsBeginning() {
    byte[] whole = seal.over(32, "a");

    assertThat(seal.over(10, "a")).isEqualTo(Arrays.copyOf(whole, 10));
    assertThat(seal.matches(Arrays.copyOf(whole, 10), "a")).isTrue();
  }

  @Test
  void everyChangedByteIsNoticed() {
    byte[] made = seal.over(16, "a");
    for (int i = 0; i < made.length; i++) {
      byte[] changed = made.clone();
      changed[i] ^= 1;
      assertThat(seal.matches(changed, "a")).isFalse();
    }
  }

  @Test
  void noSealIsNone() {
    assertThat(seal.matches(new byte[0], "a")).isFalse();
    assertThat(seal.matches(new byte[] {seal.over(1, "a")[0]}, "a")).isTrue();
  }

  @Test
  void partsAreToldApart() {
    byte[] made = seal.over(16, "ab", "c");

    assertThat(seal.matches(made, "a", "bc")).isFalse();
    assertThat(seal.matches(made, "abc")).isFalse();
    assertThat(seal.matches(made, "ab", "c", "")).isFalse();
    assertThat(seal.matches(made, "c", "ab")).isFalse();
  }

  @Test
  void sealForOnePurposeOrByOneInstallationIsWorthlessElsewhere() {
    byte[] made = seal.over(16, "a");
    byte[] other = MASTER.clone();
    other[0]++;

    assertThat(new Seal(MASTER, "cursor").matches(made, "a")).isFalse();
    assertThat(new Seal(other, "connection-key").matches(made, "a")).isFalse();
  }
}
