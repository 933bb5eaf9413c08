package io.tidegate.bench.gateway;

import java.net.InetSocketAddress;
import java.util.Optional;

/** A gateway that answers. */
public interface Gateway extends AutoCloseable {
  /** Where its data plane listens. */
  InetSocketAddress address();

  /** The operator's token. */
  String operatorToken();

  /** Its process, when it is on this machine and known. */
  Optional<ServerProcess> process();

  /** What it says of itself, when its management port is known. */
  default Optional<ServerMetrics> metrics() {
    return Optional.empty();
  }

  /** Ends it, if the generator started it. */
  @Override
  void close();
}
