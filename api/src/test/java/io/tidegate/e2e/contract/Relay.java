package io.tidegate.e2e.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to the gateway that can be cut off, with whatever is on it. */
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final int port;
  private final Set<Socket> lines = ConcurrentHashMap.newKeySet();

  /**
   * @param port of the gateway, on this machine
   */
  Relay(int port) {
    this.port = port;
    try {
      door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), port);
        lines.add(client);
        lines.add(gateway);
        Thread.ofVirtual().start(() -> copy(client, gateway));
        Thread.ofVirtual().start(() -> copy(gateway, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      lines.remove(from);
    }
  }

  /** Resets every line; new ones are let through. */
  void cut() {
    for (Socket line : lines) {
      try {
        line.setSoLinger(true, 0);
        line.close();
      } catch (IOException gone) {
        lines.remove(line);
      }
      lines.remove(line);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
