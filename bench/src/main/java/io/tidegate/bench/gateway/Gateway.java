package io.tidegate.bench.gateway;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A gateway that answers: one node, or several that behave as one. */
public interface Gateway extends AutoCloseable {
  /** Where its data plane listens; with several nodes, that of the first. */
  InetSocketAddress address();

  /** The operator's token. */
  String operatorToken();

  /** Its process, when it is on this machine and known; with several nodes, that of the first. */
  Optional<ServerProcess> process();

  /** What it says of itself, when its management port is known. */
  default Optional<ServerMetrics> metrics() {
    return Optional.empty();
  }

  /** All its nodes, dead ones too; the first is the one at {@link #address}. */
  default List<Node> everyNode() {
    return List.of(new Node(address(), process(), metrics()));
  }

  /** The Redis that links its nodes, when it is on this machine and known. */
  default Optional<ServerProcess> link() {
    return Optional.empty();
  }

  /** Ends a node at once, as the kernel does when memory runs out. */
  default void kill(int node) {
    throw new IllegalArgumentException("only a cluster of the generator's own loses a node");
  }

  /** Ends it, if the generator started it. */
  @Override
  void close();
}
