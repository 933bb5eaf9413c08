package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.tidegate.peer.Peer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The client behind a request of Micronaut's. */
public final class Peers {
  private static final String PEER = "tidegate.peer";

  private Peers() {}

  /** Address and scheme for whatever asks for them: limits, logs, headers. */
  public static Peer of(HttpRequest<?> request) {
    return request
        .getAttribute(PEER, Peer.class)
        .orElseGet(
            () -> {
              Peer peer = read(request);
              request.setAttribute(PEER, peer);
              return peer;
            });
  }

  /** The authority that the client asked; a proxy may ask under another name. */
  public static @Nullable String hostOf(HttpRequest<?> request) {
    String told = of(request).host();
    return told == null ? request.getHeaders().get(HttpHeaders.HOST) : told;
  }

  private static Peer read(HttpRequest<?> request) {
    HttpRequest<?> inner = request;
    while (inner instanceof HttpRequestWrapper<?> wrapper) {
      inner = wrapper.getDelegate();
    }
    if (inner instanceof NettyHttpRequest<?> netty) {
      return Peer.of(
          netty.getChannelHandlerContext().channel(), name -> request.getHeaders().getAll(name));
    }
    InetSocketAddress remote = request.getRemoteAddress();
    return new Peer(remote.getAddress().getHostAddress(), request.isSecure(), null);
  }
}
