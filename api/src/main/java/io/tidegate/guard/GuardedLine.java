package io.tidegate.guard;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;

/** Puts the strict reader in the place of the server's HTTP codec, and the guard behind it. */
@Singleton
public final class GuardedLine {
  /** The name of the last handler put in place. */
  public static final String LAST = RequestGuard.NAME;

  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
  private static final String ENCODER = "tidegate-answer-encoder";

  private final Gate gate;
  private final Newcomers newcomers;

  GuardedLine(Gate gate, Newcomers newcomers) {
    this.gate = gate;
    this.newcomers = newcomers;
  }

  /** Once per connection, before it has read anything. */
  public void guard(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    Queue<HttpMethod> asked = new ArrayDeque<>(2);
    Pace pace = new Pace(channel);
    pipeline.replace(CODEC, CODEC, new StrictRequestDecoder(asked, pace));
    pipeline.addAfter(CODEC, ENCODER, new AnswerEncoder(asked));
    pipeline.addAfter(ENCODER, LAST, new RequestGuard(gate, pace, newcomers.add(channel)));
  }

  /** Takes everything of HTTP off a line that goes on in another protocol. */
  public static void release(ChannelPipeline pipeline) {
    pipeline.remove(LAST);
    pipeline.remove(ENCODER);
    // Last: removing the decoder passes on what it had not decoded yet.
    pipeline.remove(CODEC);
  }
}
