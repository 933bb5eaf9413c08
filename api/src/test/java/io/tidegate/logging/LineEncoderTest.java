package io.tidegate.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LineEncoderTest {
  private static final Logger LOG = LoggerFactory.getLogger(LineEncoderTest.class);

  /** A forged line, a terminal's escape sequence, a right-to-left override, a line separator. */
  private static final String HOSTILE =
      "a\r\n2026-01-01 ERROR forged \u001b[2J \u202egnp.exe \u2066x\u2069 \u2028 \u0085 \u200f";

  @Test
  void whatAClientSendsCannotBeginALine() {
    try (Captured captured = Captured.begin()) {
      LOG.atInfo().addKeyValue("field", HOSTILE).log("got {}", HOSTILE);

      String plain = captured.plainLines().getFirst();
      assertThat(plain.strip()).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028\\u0085]");
      assertThat(plain).contains("got a\\u000d\\u000a2026").contains("field=a\\u000d\\u000a2026");
      String json = captured.jsonLines().getFirst();
      assertThat(json.strip()).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028\\u0085]");
      assertThat(Json.read(json).path("field").asText()).contains("\\u001b[2J \\u202egnp");
    }
  }

  @Test
  void jsonLineHoldsEveryField() {
    try (Captured captured = Captured.begin()) {
      LOG.atWarn().addKeyValue("status", 503).addKeyValue("level", "mine").log("no");

      JsonNode line = Json.read(captured.jsonLines().getFirst());
      assertThat(line.path("level").asText()).isEqualTo("WARN");
      assertThat(line.path("message").asText()).isEqualTo("no");
      assertThat(line.path("status").asInt()).isEqualTo(503);
      assertThat(line.path("logger").asText()).isEqualTo(LineEncoderTest.class.getName());
      assertThat(line.path("time").asText()).matches("\\d{4}-.*Z");
    }
  }

  @Test
  void longTextIsCutAndSaysSo() {
    try (Captured captured = Captured.begin()) {
      LOG.info("x".repeat(LineEncoder.MAX_TEXT + 5));

      assertThat(captured.plainLines().getFirst())
          .contains("x".repeat(LineEncoder.MAX_TEXT) + "...[5 more]");
    }
  }

  @Test
  void failureIsToldWithItsCausesButCannotForgeALine() {
    try (Captured captured = Captured.begin()) {
      LOG.error("failed", new IllegalStateException(HOSTILE, new RuntimeException("the cause")));

      String plain = captured.plainLines().getFirst();
      assertThat(plain.lines())
          .noneMatch(line -> line.startsWith("2026-01-01"))
          .anyMatch(line -> line.equals("Caused by: java.lang.RuntimeException: the cause"));
      assertThat(captured.jsonLines().getFirst().strip()).hasLineCount(1);
      assertThat(Json.read(captured.jsonLines().getFirst()).path("error").asText())
          .contains("the cause");
    }
  }
}
