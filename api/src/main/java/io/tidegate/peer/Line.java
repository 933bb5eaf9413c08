package io.tidegate.peer;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.tidegate.settings.Proxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection before any request.
 *
 * @param address where it comes from: its own peer, or who that one says it speaks for
 * @param secure whether its client used TLS
 */
record Line(Proxies proxies, @Nullable InetAddress address, boolean secure) {
  private static final AttributeKey<Line> KEY = AttributeKey.valueOf(Line.class, "line");
  private static final Proxies NONE = new Proxies(List.of(), false);

  /** Of a connection just accepted; its TLS is in the pipeline already. */
  static Line begin(Channel channel, Proxies proxies) {
    Line line = new Line(proxies, remote(channel), isTls(channel));
    channel.attr(KEY).set(line);
    return line;
  }

  static Line of(Channel channel) {
    Line line = channel.attr(KEY).get();
    return line == null ? new Line(NONE, remote(channel), isTls(channel)) : line;
  }

  /** The trusted proxy at its other end speaks for this client. */
  static void speaksFor(Channel channel, InetAddress client, boolean secure) {
    Line line = of(channel);
    channel.attr(KEY).set(new Line(line.proxies(), client, line.secure() || secure));
  }

  boolean trusts(@Nullable InetAddress of) {
    return of != null && proxies.trust(of);
  }

  private static @Nullable InetAddress remote(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
  }

  private static boolean isTls(Channel channel) {
    return channel.pipeline().get(SslHandler.class) != null;
  }
}
