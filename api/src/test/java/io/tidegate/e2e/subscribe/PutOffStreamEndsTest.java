package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A stream that comes back while it cannot be had is told so in one that ends: left open, it would
 * wait for ever.
 */
@WireTest
final class PutOffStreamEndsTest {
  private static final int PATIENCE_SECONDS = 60;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Put off");

  @Test
  void itIsToldWhyAndTheConnectionEnds() throws Exception {
    String id;
    HttpResponse<Stream<String>> first =
        Rest.http().send(request().build(), BodyHandlers.ofLines());
    try (Stream<String> lines = first.body()) {
      id = lines.filter(line -> line.startsWith("id:")).findFirst().orElseThrow().substring(3);
    }
    app.limits("{'connections':0}");

    HttpResponse<String> answer =
        Rest.http()
            .sendAsync(
                request().header("Last-Event-ID", id.strip()).build(), BodyHandlers.ofString())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("event: error", "42901");
  }

  private HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(app.target().uri("/v1/sse?channel=a"));
    Credential.key(app.key()).addTo(request);
    return request;
  }
}
