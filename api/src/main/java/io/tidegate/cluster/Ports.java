package io.tidegate.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Where one node listens. */
record Ports(int port, int management) {
  /**
   * Free ports are drawn below those that the kernel gives to outgoing connections: none of these
   * can sit on one before its process listens, or while that is started again.
   */
  private static final int LOWEST = 10_000;

  private static final int END = 20_000;

  /**
   * @param first the first node's, or 0 for any that are free
   * @throws ClusterException when one is taken
   */
  static List<Ports> choose(int nodes, int first) {
    int[] all =
        first == 0
            ? draws().distinct().limit(2L * nodes).toArray()
            : IntStream.range(first, first + 2 * nodes).toArray();
    for (int port : all) {
      expectFree(port);
    }
    return IntStream.range(0, nodes).mapToObj(i -> new Ports(all[2 * i], all[2 * i + 1])).toList();
  }

  /** Any that is free. */
  static int free() {
    return draws().findFirst().orElseThrow();
  }

  private static IntStream draws() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, END))
        .filter(Ports::isFree);
  }

  private static void expectFree(int port) {
    if (!isFree(port)) {
      throw new ClusterException(
          "port " + port + " is taken: TIDEGATE_PORT says where the first node listens");
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
