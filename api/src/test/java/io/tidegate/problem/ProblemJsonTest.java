package io.tidegate.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemJsonTest {
  @Test
  void refusalIsAProblemDocument() {
    assertThat(json(new RefusedException(Refusal.CAPABILITY_REFUSED, "not \"here\"\n")))
        .isEqualTo(
            "{\"type\":\"/docs/errors#capability-refused\",\"title\":\"Capability refused\","
                + "\"status\":403,\"code\":40301,\"detail\":\"not \\\"here\\\"\\u000a\","
                + "\"requestId\":\"req-0001\"}");
  }

  @Test
  void adviceAndFieldsAreToldWhenThereAreSome() {
    assertThat(json(RefusedException.retryAfter(Refusal.OVERLOADED, "later", 1200)))
        .endsWith("\"retryAfterMs\":1200}");
    assertThat(
            json(
                RefusedException.ofFields(
                    Refusal.FIELD_INVALID,
                    "two",
                    List.of(new FieldError("/a", "x"), new FieldError("/b", "y")))))
        .endsWith(
            "\"errors\":[{\"field\":\"/a\",\"message\":\"x\"},{\"field\":\"/b\",\"message\":\"y\"}]}");
  }

  @Test
  void whatWouldDisturbATerminalOrALogIsEscaped() {
    String detail = "\u001b[31m\u202e\u2028\ud83d\ude00\ud800\u007f\u0085é";

    assertThat(json(new RefusedException(Refusal.BAD_REQUEST, detail)))
        .contains("\"\\u001b[31m\\u202e\\u2028\\ud83d\\ude00\\ud800\\u007f\\u0085é\"");
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void everyRefusalOfTheCatalogueRenders(Refusal refusal) {
    assertThat(json(new RefusedException(refusal, "because")))
        .contains("\"status\":" + refusal.httpStatus() + ",\"code\":" + refusal.code() + ",");
  }

  @Test
  void retryAfterIsWholeSecondsAndAlwaysThereWhereTheContractWantsIt() {
    assertThat(seconds(RefusedException.retryAfter(Refusal.OVERLOADED, "x", 1))).isEqualTo(1);
    assertThat(seconds(RefusedException.retryAfter(Refusal.OVERLOADED, "x", 1001))).isEqualTo(2);
    assertThat(seconds(new RefusedException(Refusal.STORE_UNAVAILABLE, "x"))).isEqualTo(1);
    assertThat(seconds(new RefusedException(Refusal.REQUEST_RATE_EXCEEDED, "x"))).isEqualTo(1);
    assertThat(seconds(new RefusedException(Refusal.NOT_FOUND, "x"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "a-b_c.D-0123456789"})
  void safeRequestIdIsKept(String id) {
    assertThat(RequestId.acceptOrMake(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with space", "line\nbreak-", "é12345678", "<script>alert"})
  void unsafeRequestIdIsReplaced(String id) {
    assertThat(RequestId.acceptOrMake(id)).isNotEqualTo(id).matches("[0-9a-z]{20}");
    assertThat(RequestId.acceptOrMake("x".repeat(65))).hasSize(20);
    assertThat(RequestId.acceptOrMake(null)).isNotEqualTo(RequestId.acceptOrMake(null));
  }

  private static int seconds(RefusedException refused) {
    return ProblemJson.retryAfterSeconds(refused);
  }

  private static String json(RefusedException refused) {
    return new String(ProblemJson.render(refused, "req-0001"), StandardCharsets.UTF_8);
  }
}
