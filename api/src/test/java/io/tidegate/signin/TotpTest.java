package io.tidegate.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
  /** RFC 6238, appendix B. */
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheRfc(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(seconds))).isEqualTo(seconds / 30);
  }

  @Test
  void aClockMayBeOneStepAsideAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_111_111_111);
    long step = now.getEpochSecond() / 30;

    for (long aside = -1; aside <= 1; aside++) {
      String code = Totp.code(SECRET, step + aside);
      assertThat(Totp.step(SECRET, code, now)).isEqualTo(step + aside);
    }
    assertThat(Totp.step(SECRET, Totp.code(SECRET, step - 2), now)).isNull();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, step + 2), now)).isNull();
    assertThat(Totp.step(SECRET, "", now)).isNull();
  }

  @Test
  void secretsAreWrittenAsAppsReadThem() {
    assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
    assertThat(TestCodes.decode(Base32.encode(SECRET))).isEqualTo(SECRET);
    assertThat(Totp.uri("ada@acme.example", "AB"))
        .isEqualTo("otpauth://totp/Tidegate:ada%40acme.example?secret=AB&issuer=Tidegate");
  }
}
