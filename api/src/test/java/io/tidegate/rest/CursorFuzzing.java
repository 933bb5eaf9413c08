package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.uri.UriBuilder;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cursors made of anything are refused; those of a list bring back what they stand for. */
final class CursorFuzzing {
  private static final String LIST = "/v1/channels/room/messages";

  private final Pages pages =
      new Pages(
          Settings.read(
              Map.of(
                  "TIDEGATE_DATABASE_URL", "jdbc:postgresql://127.0.0.1/none",
                  "TIDEGATE_DATABASE_USER", "nobody",
                  "TIDEGATE_DATABASE_PASSWORD", "none",
                  "TIDEGATE_OPERATOR_TOKEN", "tgo_test-0123456789-abcdefghijklmnopqrstuvwxyz",
                  "TIDEGATE_MASTER_KEY", "1f8a2b4c5d0197f3c26b1e7c3a9d523f".repeat(2))));

  void anyCursor(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    assertThat(after(LIST, text)).isNull();

    String cursor = pages.cursor(HttpRequest.GET(LIST), text);

    // Names have no lone surrogates, so what was put in is what comes back.
    String expected = text.isEmpty() || cursor.length() > 2_048 ? null : text;
    assertThat(after(LIST, cursor)).isEqualTo(expected);
    assertThat(after("/v1/channels/other/messages", cursor)).isNull();
    assertThat(after(LIST, cursor + "A")).isNull();
    assertThat(after(LIST, "A" + cursor)).isNull();
  }

  private @Nullable String after(String list, String cursor) {
    try {
      return pages.after(HttpRequest.GET(UriBuilder.of(list).queryParam("cursor", cursor).build()));
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.CURSOR_INVALID);
      return null;
    }
  }
}
