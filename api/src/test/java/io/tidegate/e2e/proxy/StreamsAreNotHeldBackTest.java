package io.tidegate.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams and polls tell proxies and browsers; the same as REST does to pages. */
@WireTest
final class StreamsAreNotHeldBackTest {
  private static final String PAGE = "https://chat.example";

  private final TestApp app = TestApp.create(SharedGateway.target(), "Streams");

  @ParameterizedTest
  @ValueSource(strings = {"sse", "poll"})
  void proxiesNeitherKeepNorChangeNorHoldThem(String edge) throws Exception {
    HttpHeaders headers = open("/v1/" + edge + "?channel=a", 200);

    assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
    assertThat(List.of(headers.firstValue("Cache-Control").orElse("").split(", ", -1)))
        .contains("no-cache", "no-transform");
    assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/sse?channel=a", "/v1/poll?channel=a"})
  void pagesReadTheSameHeadersAsOfRest(String path) throws Exception {
    app.control().allowOrigins(app.id(), PAGE);
    HttpHeaders stream = open(path, 200, "Origin", PAGE);
    HttpHeaders rest = open("/v1/channels", 200, "Origin", PAGE);

    for (String name :
        List.of("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Vary")) {
      assertThat(stream.firstValue(name)).isPresent().isEqualTo(rest.firstValue(name));
    }
    assertThat(stream.firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void otherPagesAreRefused() throws Exception {
    open("/v1/sse?channel=a", 403, "Origin", "https://evil.example");
    open("/v1/poll?channel=a", 403, "Origin", "https://evil.example");
  }

  private HttpHeaders open(String path, int status, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(app.target().uri(path));
    Credential.key(app.key()).addTo(request);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> answer =
        Rest.http().send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(body.read()).isPositive();
    }
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.headers();
  }
}
