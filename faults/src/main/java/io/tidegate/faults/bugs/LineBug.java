package io.tidegate.faults.bugs;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Leaves out what follows a resumed {@code subscribed}, now and then. */
@Singleton
final class LineBug implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    if (Bug.SKIPS_THE_MERGE.isPlanted()) {
      event.getBean().register(new Customizer(null));
    }
    return event.getBean();
  }

  private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel toChannel, ChannelRole role) {
      return new Customizer(toChannel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null) {
        channel.pipeline().addFirst("skips-the-merge", new Skipping());
      }
    }
  }

  private static final class Skipping extends ChannelOutboundHandlerAdapter {
    private static final int ONE_OF = 20;

    private boolean armed;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf bytes) {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        if (text.contains("\"type\":\"subscribed\"")) {
          armed |=
              text.contains("\"resumed\":true") && ThreadLocalRandom.current().nextInt(ONE_OF) == 0;
        } else if (armed && text.contains("\"type\":\"message\"")) {
          armed = false;
          bytes.release();
          promise.trySuccess();
          return;
        }
      }
      var unused = context.write(message, promise);
    }
  }
}
