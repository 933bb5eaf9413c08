package io.tidegate.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.tidegate.settings.AddressRange;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the first thing of a trusted proxy's connection, the PROXY header, versions 1 and 2
 * (haproxy.org, proxy-protocol.txt); then it is gone. Stands behind Netty's decoder of it.
 */
final class ProxyProtocol extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);

  /** Netty's decoder looks at the rest of a bad header once more when the line closes. */
  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HAProxyMessage header) {
      try {
        heed(ctx, header);
      } finally {
        header.release();
      }
      ctx.pipeline().remove(this);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** LOCAL, a proxy's own health check, and UNKNOWN leave the proxy's address. */
  private static void heed(ChannelHandlerContext ctx, HAProxyMessage header) {
    String source = header.sourceAddress();
    InetAddress client = source == null ? null : AddressRange.address(source);
    if (header.command() == HAProxyCommand.PROXY && client != null) {
      boolean secure =
          header.tlvs().stream()
              .anyMatch(tlv -> tlv instanceof HAProxySSLTLV tls && tls.isPP2ClientSSL());
      Line.speaksFor(ctx.channel(), client, secure);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof HAProxyProtocolException) {
      if (!refused) {
        LOG.warn(
            "{} is a trusted proxy, but its connection does not begin with a PROXY header",
            ctx.channel().remoteAddress());
      }
      refused = true;
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
