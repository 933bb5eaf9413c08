package io.tidegate.bench.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** A gateway somebody else started; it is left running. */
public record RunningGateway(
    InetSocketAddress address, String operatorToken, Optional<ServerProcess> process)
    implements Gateway {
  /** The gateway at {@code url}; {@code pid} 0 when unknown. */
  public static RunningGateway at(URI url, String operatorToken, long pid) {
    return new RunningGateway(
        new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()),
        operatorToken,
        pid == 0 ? Optional.empty() : Optional.of(new ServerProcess(pid, Optional.empty())));
  }

  @Override
  public void close() {}
}
