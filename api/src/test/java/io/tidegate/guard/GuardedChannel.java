package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A connection in memory with its guard in place, on a loop whose time the test moves. */
final class GuardedChannel extends EmbeddedChannel {
  GuardedChannel(Gate gate) {
    freezeTime();
    Queue<HttpMethod> asked = new ArrayDeque<>();
    Pace pace = new Pace(this);
    pipeline()
        .addLast(
            new StrictRequestDecoder(asked, pace),
            new AnswerEncoder(asked),
            new RequestGuard(gate, pace, new Newcomer(null, () -> {})));
  }

  /** What comes from the client. */
  void send(String latin1) {
    writeInbound(Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1));
  }

  /** What the client has got since this was asked last. */
  String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
      all.append(next.toString(StandardCharsets.UTF_8));
      next.release();
    }
    return all.toString();
  }
}
