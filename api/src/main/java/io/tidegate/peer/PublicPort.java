package io.tidegate.peer;

import io.micronaut.context.annotation.Property;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;

/** Tells connections to the gateway's public port from those to the management port. */
@Singleton
public final class PublicPort {
  private final int port;

  PublicPort(@Property(name = "micronaut.server.netty.listeners.gateway.port") int port) {
    this.port = port;
  }

  public boolean took(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress local && local.getPort() == port;
  }
}
