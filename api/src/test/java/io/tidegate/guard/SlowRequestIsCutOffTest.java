package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a loop whose time the test moves. */
class SlowRequestIsCutOffTest {
  private static final String HEAD =
      "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";

  private final GuardedChannel line = new GuardedChannel(new Gate());

  @AfterEach
  void release() {
    line.finishAndReleaseAll();
  }

  @Test
  void clientThatSaysNothingIsClosed() {
    pass(Pace.SILENT_SECONDS);

    assertThat(line.isOpen()).isFalse();
    assertThat(line.sent()).isEmpty();
  }

  @Test
  void headThatTricklesInHasItsTimeOnceOnly() {
    for (int second = 0; second < Pace.HEAD_SECONDS; second++) {
      assertThat(line.sent()).isEmpty();
      line.send(HEAD.substring(second, second + 1));
      pass(1);
    }

    assertThat(line.sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":40800");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void bodyThatTricklesInHasItsTimeOnceOnly() {
    line.send(HEAD);
    assertThat((Object) line.readInbound()).isInstanceOf(HttpRequest.class);
    for (int i = 0; i < 3; i++) {
      line.send("x");
      pass(Pace.BODY_SECONDS / 3 - 1);
    }
    assertThat(line.sent()).isEmpty();
    pass(3);

    assertThat(line.sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":40800");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void answerOfTheRouteIsNotFollowedByAnother() {
    line.send(HEAD);
    line.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.UNAUTHORIZED));
    assertThat(line.sent()).startsWith("HTTP/1.1 401 ");
    pass(Pace.BODY_SECONDS);

    assertThat(line.sent()).isEmpty();
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void requestsInTimeAreNeverLate() {
    for (int i = 0; i < 3; i++) {
      line.send(HEAD.substring(0, 20));
      pass(Pace.HEAD_SECONDS - 1);
      line.send(HEAD.substring(20));
      pass(Pace.BODY_SECONDS - 1);
      line.send("body");
      line.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
      assertThat(line.sent()).startsWith("HTTP/1.1 200 ");
      pass(Pace.SILENT_SECONDS + Pace.BODY_SECONDS);
    }

    assertThat(line.isOpen()).isTrue();
    assertThat(line.sent()).isEmpty();
  }

  private void pass(int seconds) {
    line.advanceTimeBy(seconds, TimeUnit.SECONDS);
    line.runScheduledPendingTasks();
    line.runPendingTasks();
  }
}
