package io.tidegate.faults.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that treats all its connections badly, in one {@link Way} at a time. What
 * a black hole holds back goes on its way when it is healed, as TCP would have it.
 */
public final class Proxy implements AutoCloseable {
  /** How bytes pass. */
  public enum Way {
    OPEN,
    /** Nothing passes and nothing ends; new connections are taken. */
    BLACK_HOLE,
    /** What the client sends arrives, what it is answered does not. */
    HALF_OPEN,
    /** One byte in each segment. */
    SLICES,
    /** 20 ms more each way. */
    SLOW,
    /** Connections are reset, new ones too. */
    RESET
  }

  private static final int CHUNK = 16 * 1024;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int SLOW_MILLIS = 20;
  private static final int LOOK_MILLIS = 10;

  private final ServerSocket server;
  private final IntSupplier target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Those of {@link #freeze}. */
  private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();

  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  private volatile Way way = Way.OPEN;
  private volatile byte @Nullable [] fatal;

  /** In front of a port of this machine. */
  public Proxy(int target) {
    this(() -> target);
  }

  /** In front of a port that is chosen for each connection. */
  public Proxy(IntSupplier target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on, for all connections. */
  public void way(Way now) {
    way = now;
    if (now == Way.RESET) {
      reset();
    }
  }

  /** Ends all connections with a reset. */
  public void reset() {
    open.forEach(Proxy::abort);
  }

  /**
   * Nothing passes any more over the connections there are, for good, and none of them ends; new
   * ones are as ever.
   */
  public void freeze() {
    frozen.addAll(open);
  }

  /** After so many more bytes of answers, over all connections, they are cut, once. */
  public void cutAfter(long bytes) {
    left.set(bytes);
  }

  /**
   * A connection whose next chunk of answers holds these bytes is cut before them; until null
   * comes.
   */
  public void cutBefore(byte @Nullable [] answer) {
    fatal = answer;
  }

  /** How many connections {@link #cutBefore} has cut. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed; or too many files for a moment.
        Thread.onSpinWait();
      }
    }
  }

  private void connect(Socket client) {
    Socket to = new Socket();
    try {
      if (way == Way.RESET) {
        abort(client);
        return;
      }
      open.add(client);
      to.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()),
          CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      open.add(to);
      if (frozen.contains(client)) {
        frozen.add(to);
      }
      Thread up = Thread.ofVirtual().start(() -> pump(client, to, false));
      pump(to, client, true);
      up.join();
      // That both sides have said goodbye closes no socket. Without a reset: it may overtake the
      // last bytes.
      forget(client);
      forget(to);
      client.close();
      to.close();
    } catch (IOException e) {
      end(client, to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(client, to);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        int length = in.read(chunk);
        if (length < 0) {
          hold(from, answers);
          to.shutdownOutput();
          return;
        }
        if (answers && isFatal(chunk, length)) {
          cuts.incrementAndGet();
          end(from, to);
          return;
        }
        hold(from, answers);
        pass(chunk, length, out);
        if (answers && left.get() != Long.MAX_VALUE && left.addAndGet(-length) <= 0) {
          left.set(Long.MAX_VALUE);
          end(from, to);
          return;
        }
      }
    } catch (IOException e) {
      // That one side has ended passes as little as a byte.
      while (frozen.contains(from) && !server.isClosed()) {
        sleep(LOOK_MILLIS);
      }
      end(from, to);
    }
  }

  private void pass(byte[] chunk, int length, OutputStream out) throws IOException {
    switch (way) {
      case SLICES -> {
        for (int i = 0; i < length; i++) {
          out.write(chunk, i, 1);
        }
      }
      case SLOW -> {
        sleep(SLOW_MILLIS);
        out.write(chunk, 0, length);
      }
      case OPEN, BLACK_HOLE, HALF_OPEN, RESET -> out.write(chunk, 0, length);
    }
  }

  private void hold(Socket from, boolean answers) {
    while (isHeld(from, answers) && !server.isClosed()) {
      sleep(LOOK_MILLIS);
    }
  }

  private boolean isHeld(Socket from, boolean answers) {
    return way == Way.BLACK_HOLE || (answers && way == Way.HALF_OPEN) || frozen.contains(from);
  }

  private boolean isFatal(byte[] chunk, int length) {
    byte[] wanted = fatal;
    if (wanted == null) {
      return false;
    }
    for (int i = 0; i + wanted.length <= length; i++) {
      int same = 0;
      while (same < wanted.length && chunk[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  private void end(Socket one, Socket other) {
    abort(one);
    abort(other);
    forget(one);
    forget(other);
  }

  private void forget(Socket socket) {
    open.remove(socket);
    frozen.remove(socket);
  }

  private static void abort(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It has ended by itself.
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reset();
  }
}
