package io.tidegate.scenarios.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The backend that clients fetch their tokens from. */
public final class Tokens implements AutoCloseable {
  /** What is asked for at one address. */
  private static final class Desk {
    private final Key key;
    private final String clientId;
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** 0: it is shut. */
    private volatile long ttlSeconds;

    Desk(Key key, String clientId, long ttlSeconds) {
      this.key = key;
      this.clientId = clientId;
      this.ttlSeconds = ttlSeconds;
    }
  }

  private final HttpServer server;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  Tokens() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where one client finds tokens that are good for so long. */
  public URI at(Key key, String clientId, long ttlSeconds) {
    String path = "/" + key.name() + "/" + clientId;
    desks.put(path, new Desk(key, clientId, ttlSeconds));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** How many were fetched there. */
  public int issued(URI at) {
    return desk(at).issued.get();
  }

  /** How many were asked for there while it was shut. */
  public int refused(URI at) {
    return desk(at).refused.get();
  }

  /** From now on there are none. */
  public void shut(URI at) {
    desk(at).ttlSeconds = 0;
  }

  /** There are some again, good for so long. */
  public void open(URI at, long ttlSeconds) {
    desk(at).ttlSeconds = ttlSeconds;
  }

  private Desk desk(URI at) {
    return Objects.requireNonNull(desks.get(at.getPath()), "there is no such desk");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Desk desk = desks.get(exchange.getRequestURI().getPath());
      if (desk == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      long ttlSeconds = desk.ttlSeconds;
      if (ttlSeconds == 0) {
        desk.refused.incrementAndGet();
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      desk.issued.incrementAndGet();
      byte[] token = desk.key.token(desk.clientId, ttlSeconds).getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, token.length);
      exchange.getResponseBody().write(token);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
