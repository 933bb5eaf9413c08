package io.tidegate.bench.gateway;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One node of a gateway.
 *
 * @param address where its data plane listens
 * @param process when it is on this machine and known
 * @param metrics what it says of itself, when its management port is known
 */
public record Node(
    InetSocketAddress address, Optional<ServerProcess> process, Optional<ServerMetrics> metrics) {
  /** One of which no more than this is known. */
  public static Node at(InetSocketAddress address) {
    return new Node(address, Optional.empty(), Optional.empty());
  }
}
