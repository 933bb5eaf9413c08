package io.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the framework says when it cannot even write a refusal: a status and nothing else. */
final class BareFailureIsExplainedTest {
  private static final String HEAD = "GET /v1/me HTTP/1.1\r\nHost: gateway\r\n\r\n";

  private final EmbeddedChannel line = new EmbeddedChannel();

  @BeforeEach
  void guard() {
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
  void itBecomesARefusalWithACodeAndARequestId() {
    send(HEAD);
    fail();

    assertThat(sent())
        .startsWith("HTTP/1.1 500 ")
        .contains("X-Request-Id: ", "application/problem+json", "\"code\":50000");
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void theAnswersBehindItDoNotTakeItsPlace() {
    send(HEAD + HEAD);
    fail();

    assertThat(sent()).isEmpty();
    assertThat(line.isOpen()).isFalse();
  }

  private void send(String head) {
    line.writeInbound(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
  }

  /** The line says that it did not write this. */
  private void fail() {
    line.write(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.INTERNAL_SERVER_ERROR));
    line.flush();
    line.runPendingTasks();
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf next = line.readOutbound(); next != null; next = line.readOutbound()) {
      all.append(next.toString(StandardCharsets.US_ASCII));
      next.release();
    }
    return all.toString();
  }
}
