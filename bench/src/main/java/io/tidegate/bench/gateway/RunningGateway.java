package io.tidegate.bench.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A gateway somebody else started; it is left running.
 *
 * @param others the addresses of its other nodes
 */
public record RunningGateway(
    InetSocketAddress address,
    List<InetSocketAddress> others,
    String operatorToken,
    Optional<ServerProcess> process)
    implements Gateway {
  private static final int HTTP = 80;

  /** The gateway at {@code url}; {@code pid} 0 when unknown. */
  public static RunningGateway at(URI url, List<URI> others, String operatorToken, long pid) {
    return new RunningGateway(
        address(url),
        others.stream().map(RunningGateway::address).toList(),
        operatorToken,
        pid == 0 ? Optional.empty() : Optional.of(new ServerProcess(pid, Optional.empty())));
  }

  @Override
  public List<Node> everyNode() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(address, process, Optional.empty()));
    others.forEach(other -> nodes.add(Node.at(other)));
    return nodes;
  }

  @Override
  public void close() {}

  private static InetSocketAddress address(URI url) {
    return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP : url.getPort());
  }
}
