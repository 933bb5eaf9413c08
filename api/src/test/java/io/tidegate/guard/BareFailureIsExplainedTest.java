package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the framework says when it cannot even write a refusal: a status and nothing else. */
final class BareFailureIsExplainedTest {
  private static final String HEAD = "GET /v1/me HTTP/1.1\r\nHost: gateway\r\n\r\n";

  private final GuardedChannel line = new GuardedChannel(new Gate());

  @AfterEach
  void release() {
    line.finishAndReleaseAll();
  }

  @Test
  void itBecomesARefusalWithACodeAndARequestId() {
    line.send(HEAD);
    fail();

    assertThat(line.sent())
        .startsWith("HTTP/1.1 500 ")
        .contains("X-Request-Id: ", "application/problem+json", "\"code\":50000");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void theAnswersBehindItDoNotTakeItsPlace() {
    line.send(HEAD + HEAD);
    fail();

    assertThat(line.sent()).isEmpty();
    assertThat(line.isOpen()).isFalse();
  }

  /** The line says that it did not write this. */
  private void fail() {
    line.write(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.INTERNAL_SERVER_ERROR));
    line.flush();
    line.runPendingTasks();
  }
}
