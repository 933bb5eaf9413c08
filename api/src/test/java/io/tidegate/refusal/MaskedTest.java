package io.tidegate.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a secret is not kept; what a name may well be is. */
final class MaskedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiI0ODI5MTMifQ.c2lnbmF0dXJl",
        "tgo_test-0123456789-abcdefghijklmnopqrstuvwxyz",
        "tgc_aB3",
        "1f8a2b4c5d0197f3c26b1e7c3a9d523f1f8a2b4c5d0197f3c26b1e7c3a9d5240",
        "NDgyOTEzLmsxOnE3Sm0ydjB4V2M0Uno5VG5LZTFMeUJhVW9IczVEZkdpOFB3WHJWdE1xM0U="
      })
  void secretsAreMaskedWhereverTheyStand(String secret) {
    assertThat(Masked.of(secret)).isEqualTo("***");
    assertThat(Masked.of("room " + secret + " now")).isEqualTo("room *** now");
    assertThat(Masked.of("482913.k1:" + secret)).doesNotContain(secret).contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat:room-7",
        "v1.2:room",
        "0197f3c9-1d2e-7a10-8c44-6b1f0e9d3a52",
        "namespace news has clientPublish false",
        "eyJoe",
        "орёл:комната",
        "a-name-in-lower-case-that-is-rather-long-but-no-secret"
      })
  void namesStayAsTheyAre(String name) {
    assertThat(Masked.of(name)).isEqualTo(name);
  }

  @Test
  void whatAStoreOrATerminalStumblesOverIsReplaced() {
    assertThat(Masked.of("a\0b\nc\u001b[1m\u202e\ud800"))
        .isEqualTo("a\ufffdb\ufffdc\ufffd[1m\ufffd\ufffd");
    assertThat(Masked.of("\ud83c\udf0a")).isEqualTo("\ud83c\udf0a");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(Masked.of("x".repeat(10_000))).hasSize(512);
    assertThat(Masked.of("x".repeat(511) + "\ud83c\udf0a")).hasSize(511);
  }
}
