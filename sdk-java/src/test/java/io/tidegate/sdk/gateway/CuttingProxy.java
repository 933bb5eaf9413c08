package io.tidegate.sdk.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy that loses answers: while some are to be lost, what the gateway says is read (so the
 * gateway has answered) and the line is cut instead of passing it on.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  public CuttingProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    start(this::accept, "proxy");
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The next so many answers are lost. */
  public void lose(int answers) {
    toLose.set(answers);
  }

  /** How many were. */
  public int lost() {
    return lost.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        gateway.setTcpNoDelay(true);
        start(() -> pump(client, gateway, false), "proxy-out");
        start(() -> pump(gateway, client, true), "proxy-in");
      } catch (IOException e) {
        // Closed, or the gateway is gone: the client sees its line end.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answers && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          lost.incrementAndGet();
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The other direction has closed both.
    }
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
