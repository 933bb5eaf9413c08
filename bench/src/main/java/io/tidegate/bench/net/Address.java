package io.tidegate.bench.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects and as whom.
 *
 * @param remote the gateway
 * @param local the source address, or null for the system's choice
 * @param path of the WebSocket route
 * @param authorization the header's value
 * @param receiveBuffer bytes the kernel may hold for it unread (SO_RCVBUF); 0: the system's choice
 */
public record Address(
    InetSocketAddress remote,
    @Nullable InetSocketAddress local,
    String path,
    String authorization,
    int receiveBuffer) {
  /**
   * Connections from one source address to one port; the kernel's usual range has 28,000 ports, and
   * ports of connections just closed are not free at once.
   */
  private static final int PER_SOURCE = 14_000;

  /** The Host header. */
  public String host() {
    return remote.getHostString() + ":" + remote.getPort();
  }

  /** The same place for connection number {@code index}, from 127.0.0.2 on when ports run short. */
  public Address source(int index) {
    if (!remote.getAddress().isLoopbackAddress()) {
      return this;
    }
    String source = "127.0.0." + (1 + index / PER_SOURCE);
    InetSocketAddress from = new InetSocketAddress(source, 0);
    return new Address(remote, from, path, authorization, receiveBuffer);
  }

  /** The same place for a client whose kernel holds little for it. */
  public Address receiveBuffer(int bytes) {
    return new Address(remote, local, path, authorization, bytes);
  }
}
