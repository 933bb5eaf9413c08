package io.tidegate.tls;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.netty.NettySslContextBuilder;
import io.micronaut.http.server.netty.ssl.NettyServerSslFactory;
import io.netty.handler.ssl.ApplicationProtocolNames;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Handshakes that offer HTTP/1.1 and nothing else by ALPN (RFC 7301): the edges speak only that.
 */
@Singleton
@Replaces(NettyServerSslFactory.class)
final class Http11Tls extends NettyServerSslFactory {
  @Override
  public NettySslContextBuilder serverBuilder() {
    return super.serverBuilder().alpnProtocols(List.of(ApplicationProtocolNames.HTTP_1_1));
  }
}
