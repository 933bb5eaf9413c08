package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client asks for without waiting for answers. */
class PipelinedRequestsAreBoundedTest {
  private static final String REQUEST = "GET /v1/me HTTP/1.1\r\nHost: a\r\n\r\n";

  private final GuardedChannel line = new GuardedChannel(new Gate());

  @AfterEach
  void release() {
    line.finishAndReleaseAll();
  }

  @Test
  void oneTooManyIsTheLast() {
    for (int i = 0; i < 20; i++) {
      line.send(REQUEST.repeat(1_000));
    }
    assertThat(passedOn()).isEqualTo(RequestGuard.MOST_UNANSWERED);
    assertThat(line.sent()).isEmpty();
    for (int i = 0; i < RequestGuard.MOST_UNANSWERED; i++) {
      answer();
    }
    line.runPendingTasks();

    assertThat(line.sent()).containsOnlyOnce("HTTP/1.1 429 ").contains("\"code\":42900");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void whoTakesAnswersMayAskForEver() {
    for (int i = 0; i < 20; i++) {
      line.send(REQUEST.repeat(RequestGuard.MOST_UNANSWERED));
      assertThat(passedOn()).isEqualTo(RequestGuard.MOST_UNANSWERED);
      for (int answered = 0; answered < RequestGuard.MOST_UNANSWERED; answered++) {
        answer();
      }
      assertThat(line.sent()).doesNotContain("HTTP/1.1 429 ");
    }
    assertThat(line.isOpen()).isTrue();
  }

  private void answer() {
    line.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
  }

  private int passedOn() {
    int requests = 0;
    for (Object next = line.readInbound(); next != null; next = line.readInbound()) {
      requests += next instanceof HttpRequest ? 1 : 0;
      ReferenceCountUtil.release(next);
    }
    return requests;
  }
}
