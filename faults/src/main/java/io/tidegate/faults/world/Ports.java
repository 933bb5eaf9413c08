package io.tidegate.faults.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int END = 32_768;

  private Ports() {}

  /**
   * One on which nobody listens, kept by its process over a restart: below those that the kernel
   * gives to outgoing connections, and drawn, so that two worlds do not get the same one.
   */
  static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one, then.
      }
    }
  }

  static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
