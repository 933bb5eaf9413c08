package io.tidegate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for the processes of tests, which they keep over a restart. They are below those that the
 * kernel gives to outgoing connections: none of these can sit on one while its process is down.
 * They are drawn, so that JVMs of tests side by side do not get the same one.
 */
public final class TestPorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_768;

  /** By this JVM: some process will be there, or is down for a while. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private TestPorts() {}

  /** One on which nobody listens on loopback. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(socket.getLocalPort())) {
          return port;
        }
      } catch (IOException taken) {
        // The next one, then.
      }
    }
  }
}
