package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a loop whose time the test moves. */
class SlowRequestIsCutOffTest {
  private static final String HEAD =
      "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";

  private final EmbeddedChannel line = new EmbeddedChannel();

  @BeforeEach
  void guard() {
    line.freezeTime();
    Queue<HttpMethod> asked = new ArrayDeque<>();
    Pace pace = new Pace(line);
    line.pipeline()
        .addLast(
            new StrictRequestDecoder(asked, pace),
            new AnswerEncoder(asked),
            new RequestGuard(new Gate(), pace, new Newcomer(null, () -> {})));
  }

  @AfterEach
  void release() {
    line.finishAndReleaseAll();
  }

  @Test
  void clientThatSaysNothingIsClosed() {
    pass(Pace.SILENT_SECONDS);

    assertThat(line.isOpen()).isFalse();
    assertThat(sent()).isEmpty();
  }

  @Test
  void headThatTricklesInHasItsTimeOnceOnly() {
    for (int second = 0; second < Pace.HEAD_SECONDS; second++) {
      assertThat(sent()).isEmpty();
      send(HEAD.substring(second, second + 1));
      pass(1);
    }

    assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":40800");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void bodyThatTricklesInHasItsTimeOnceOnly() {
    send(HEAD);
    assertThat((Object) line.readInbound()).isInstanceOf(HttpRequest.class);
    for (int i = 0; i < 3; i++) {
      send("x");
      pass(Pace.BODY_SECONDS / 3 - 1);
    }
    assertThat(sent()).isEmpty();
    pass(3);

    assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":40800");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void answerOfTheRouteIsNotFollowedByAnother() {
    send(HEAD);
    line.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.UNAUTHORIZED));
    assertThat(sent()).startsWith("HTTP/1.1 401 ");
    pass(Pace.BODY_SECONDS);

    assertThat(sent()).isEmpty();
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void requestsInTimeAreNeverLate() {
    for (int i = 0; i < 3; i++) {
      send(HEAD.substring(0, 20));
      pass(Pace.HEAD_SECONDS - 1);
      send(HEAD.substring(20));
      pass(Pace.BODY_SECONDS - 1);
      send("body");
      line.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
      assertThat(sent()).startsWith("HTTP/1.1 200 ");
      pass(Pace.SILENT_SECONDS + Pace.BODY_SECONDS);
    }

    assertThat(line.isOpen()).isTrue();
    assertThat(sent()).isEmpty();
  }

  private void send(String latin1) {
    line.writeInbound(Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1));
  }

  private void pass(int seconds) {
    line.advanceTimeBy(seconds, TimeUnit.SECONDS);
    line.runScheduledPendingTasks();
    line.runPendingTasks();
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf next = line.readOutbound(); next != null; next = line.readOutbound()) {
      all.append(next.toString(StandardCharsets.UTF_8));
      next.release();
    }
    return all.toString();
  }
}
