package io.tidegate.tls;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import jakarta.inject.Singleton;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections whose TLS fails without a word in the log: scanners, and clients that do not
 * trust the certificate, would fill it.
 */
@Singleton
final class TlsPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final Logger LOG = LoggerFactory.getLogger(TlsPipeline.class);

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel toChannel, ChannelRole role) {
      return new Customizer(toChannel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null
          && channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_SSL) != null) {
        channel
            .pipeline()
            .addAfter(ChannelPipelineCustomizer.HANDLER_SSL, "tidegate-tls", new Faults());
      }
    }
  }

  private static final class Faults extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
        LOG.debug("TLS fails with {}", ctx.channel().remoteAddress(), cause);
        ctx.close();
      } else {
        ctx.fireExceptionCaught(cause);
      }
    }
  }
}
