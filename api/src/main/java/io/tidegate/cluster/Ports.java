package io.tidegate.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Where one node listens. */
record Ports(int port, int management) {
  /**
   * @param first the first node's, or 0 for any that are free
   * @throws ClusterException when one is taken
   */
  static List<Ports> choose(int nodes, int first) {
    List<Ports> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      int port = first + 2 * i;
      all.add(first == 0 ? anyFree() : new Ports(free(port), free(port + 1)));
    }
    return all;
  }

  /** Asked for together, so that they are two. */
  private static Ports anyFree() {
    try (ServerSocket one = bound(0);
        ServerSocket other = bound(0)) {
      return new Ports(one.getLocalPort(), other.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int free(int port) {
    try (ServerSocket socket = bound(port)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ClusterException(
          "port " + port + " is taken: TIDEGATE_PORT says where the first node listens", e);
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
