package io.tidegate.sdk.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A TCP proxy between a client and a gateway that cuts, refuses, stalls, delays and swallows. */
public final class FaultyProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** New lines are closed at once. */
  private volatile boolean refusing;

  /** What the gateway says from now on is read and thrown away, until its line is cut. */
  private volatile boolean swallowing;

  /** Nothing is read any more, in either direction, until the lines are cut. */
  private volatile boolean stalled;

  private volatile long delayMs;

  public FaultyProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Ends all lines. */
  public void cut() throws IOException {
    for (Socket one : Set.copyOf(open)) {
      one.close();
    }
  }

  public void refuse(boolean on) throws IOException {
    refusing = on;
    if (on) {
      cut();
    }
  }

  public void swallow(boolean on) {
    swallowing = on;
  }

  public void stall(boolean on) {
    stalled = on;
  }

  /** Each piece of what the gateway says comes so much later. */
  public void delay(long ms) {
    delayMs = ms;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket gateway = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        gateway.setTcpNoDelay(true);
        open.add(client);
        open.add(gateway);
        start(() -> pump(client, gateway, false));
        start(() -> pump(gateway, client, true));
      } catch (IOException e) {
        // Closed, or the gateway is gone: the client sees its line end.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[65_536];
    boolean swallowed = false;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        while (stalled && !from.isClosed()) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        swallowed |= answers && swallowing;
        if (swallowed) {
          continue;
        }
        if (answers && delayMs > 0) {
          TimeUnit.MILLISECONDS.sleep(delayMs);
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The other direction has closed both.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
