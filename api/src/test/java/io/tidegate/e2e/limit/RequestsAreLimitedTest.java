package io.tidegate.e2e.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

/** REST requests per second, by key and by address. */
@WireTest
final class RequestsAreLimitedTest {
  @Test
  void keyHasARateOfItsOwn() {
    TestApp app = app("{'requestsPerSecondPerKey':3}");
    TestApp other = app.withKey(app.control().key(app.id(), TestApp.EVERYTHING));
    Answer first = app.rest().get("/v1/connections").expect(200);
    assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"requests\";q=3;w=1");
    assertThat(first.headers().firstValue("RateLimit")).hasValue("\"requests\";r=2;t=1");

    Answer refused = refused(app);
    assertThat(refused.code()).isEqualTo(42900);
    assertThat(refused.json().path("detail").asText())
        .contains("3 requests per second (requestsPerSecondPerKey)");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(refused.headers().firstValue("RateLimit")).isPresent();
    other.rest().get("/v1/connections").expect(200);
  }

  @Test
  void addressHasARateWithinATenant() {
    TestApp app = app("{'requestsPerSecondPerIp':3}");
    TestApp neighbour = TestApp.create(SharedGateway.target(), "Neighbour");
    Answer refused = refused(app);

    assertThat(refused.json().path("detail").asText()).contains("(requestsPerSecondPerIp)");
    neighbour.rest().get("/v1/connections").expect(200);
  }

  /** The first refusal; a burst of 3 is used up by far fewer requests than these. */
  private static Answer refused(TestApp app) {
    for (int i = 0; i < 1_000; i++) {
      Answer answer = app.rest().get("/v1/connections");
      if (answer.status() == 429) {
        return answer;
      }
    }
    throw new AssertionError("nothing was refused");
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Limited").limits(limits);
  }
}
