package io.tidegate.peer;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.tidegate.settings.Proxies;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Notes of every connection to the public port where it comes from; in front of TLS the PROXY
 * header, from trusted proxies only: anybody else's connection begins with what it is.
 */
@Singleton
final class PeerPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final Proxies proxies;
  private final PublicPort port;

  PeerPipeline(Settings settings, PublicPort port) {
    this.proxies = settings.proxies();
    this.port = port;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(null));
    return event.getBean();
  }

  private final class Customizer implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel toChannel, ChannelRole role) {
      return new Customizer(toChannel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel == null || !port.took(channel)) {
        return;
      }
      Line line = Line.begin(channel, proxies);
      if (proxies.protocol() && line.trusts(line.address())) {
        channel.pipeline().addFirst(new HAProxyMessageDecoder(), new ProxyProtocol());
      }
    }
  }
}
