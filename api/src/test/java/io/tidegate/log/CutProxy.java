package io.tidegate.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A TCP proxy before PostgreSQL that cuts connections where a rule says so. */
public final class CutProxy implements AutoCloseable {
  /** What becomes of a piece of a connection. */
  public enum Verdict {
    FORWARD,
    /** It is swallowed and both sides see their connection end. */
    CUT,
    /** It is swallowed and only the client sees its connection end. */
    CUT_CLIENT
  }

  /** Which way a piece goes. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /** Decides over each piece that was read. */
  public interface Rule {
    Verdict of(Direction direction, String piece);
  }

  private static final int PIECE = 64 * 1024;

  private final int serverPort;
  private final ServerSocket listener;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile Rule rule = (direction, piece) -> Verdict.FORWARD;
  private volatile boolean refusing;

  public CutProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The same, for whom a port that cannot be had is the end. */
  public static CutProxy to(int serverPort) {
    try {
      return new CutProxy(serverPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void rule(Rule next) {
    rule = next;
  }

  /** New connections end at once. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  boolean isRefusing() {
    return refusing;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        if (refusing) {
          client.close();
        } else {
          join(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void join(Socket client, Socket server) throws IOException {
    open.add(client);
    open.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    AtomicBoolean halfOpen = new AtomicBoolean();
    Thread.ofVirtual().start(() -> pump(Direction.TO_SERVER, client, server, halfOpen));
    Thread.ofVirtual().start(() -> pump(Direction.TO_CLIENT, server, client, halfOpen));
  }

  private void pump(Direction direction, Socket from, Socket to, AtomicBoolean halfOpen) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        Verdict verdict = rule.of(direction, new String(piece, 0, n, StandardCharsets.ISO_8859_1));
        if (verdict != Verdict.FORWARD) {
          halfOpen.set(verdict == Verdict.CUT_CLIENT);
          break;
        }
        out.write(piece, 0, n);
      }
    } catch (IOException ended) {
      // By the other side or by the other pump.
    }
    end(direction == Direction.TO_SERVER ? from : to);
    if (!halfOpen.get()) {
      end(direction == Direction.TO_SERVER ? to : from);
    }
  }

  private void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It has ended.
    }
    open.remove(socket);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Closeable each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
