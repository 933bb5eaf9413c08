package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
  private static final String PAGE = "https://chat.acme.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/ws",
        "/v1/sse",
        "/v1/poll",
        "/v1/channels",
        "/v1/channels/chat:1/messages",
        "/v1/messages",
        "/v1/tokens",
        "/v1/tokens/revoke",
        "/v1/tickets",
        "/v1/connections/c1",
        "/v1/clients/ada/disconnect"
      })
  void dataPlaneIsOpenToPages(String path) {
    assertThat(CrossOrigin.covers(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1/",
        "/v1/tenants",
        "/v1/apps/1/keys",
        "/v1/channelsx",
        "/v1/channel",
        "/v2/channels",
        "/V1/channels",
        "/x1/channels/a",
        "/v1/ws/",
        "/v1/events",
        "channels"
      })
  void nothingElseIs(String path) {
    assertThat(CrossOrigin.covers(path)).isFalse();
  }

  @Test
  void answerNamesThePageItIsFor() {
    assertThat(CrossOrigin.answer(PAGE))
        .containsOnly(
            Map.entry("Access-Control-Allow-Origin", PAGE),
            Map.entry(
                "Access-Control-Expose-Headers",
                "X-Request-Id, Retry-After, Link, RateLimit, RateLimit-Policy"),
            Map.entry("Vary", "Origin"));
  }

  @Test
  void preflightSaysWhatMayBeAskedAndNeverLendsCredentials() {
    Map<String, String> headers = CrossOrigin.preflight(PAGE);

    assertThat(headers)
        .containsEntry("Access-Control-Allow-Origin", PAGE)
        .containsEntry("Access-Control-Allow-Methods", "GET, POST, DELETE")
        .containsEntry("Access-Control-Max-Age", "7200")
        .doesNotContainKey("Access-Control-Allow-Credentials");
    assertThat(headers.get("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(headers.get("Vary")).startsWith("Origin");
  }

  /** The first and the last character that may stand in a header. */
  @ParameterizedTest
  @ValueSource(strings = {"!", "~", "null", "https://[::1]:8443"})
  void plainTextIsRepeated(String origin) {
    assertThat(CrossOrigin.answer(origin)).containsEntry("Access-Control-Allow-Origin", origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nSet-Cookie: x", "a\u007f", "ä", "a\u0000", "a\t"})
  void whatCouldEndAHeaderIsNotRepeated(String origin) {
    assertThat(CrossOrigin.answer(origin)).isEmpty();
    assertThat(CrossOrigin.preflight(origin)).isEmpty();
  }

  @Test
  void originIsAtMost300Characters() {
    assertThat(CrossOrigin.answer("x".repeat(300))).isNotEmpty();
    assertThat(CrossOrigin.preflight("x".repeat(300))).isNotEmpty();
    assertThat(CrossOrigin.answer("x".repeat(301))).isEmpty();
    assertThat(CrossOrigin.preflight("x".repeat(301))).isEmpty();
  }
}
