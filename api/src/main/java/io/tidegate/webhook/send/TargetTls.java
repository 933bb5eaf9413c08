package io.tidegate.webhook.send;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the host that a URL names, whatever address the connection goes to: it is asked for by
 * name (SNI, RFC 6066) and its certificate must be one for that name (RFC 9110, section 4.3.4).
 */
final class TargetTls {
  private final SslContext context;

  /**
   * @param trusted the only authority that counts; null: those that the JDK trusts
   */
  TargetTls(@Nullable X509Certificate trusted) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      context = (trusted == null ? builder : builder.trustManager(trusted)).build();
    } catch (SSLException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  /** For one connection to the target. Its time is the whole call's. */
  SslHandler handler(ByteBufAllocator buffers, Target target) {
    SslHandler handler = context.newHandler(buffers, target.hostText(), target.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (target.host() instanceof Target.Host.Named named) {
      parameters.setServerNames(List.of(new SNIHostName(named.name().text())));
    }
    handler.engine().setSSLParameters(parameters);
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }
}
