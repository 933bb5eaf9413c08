package io.tidegate.scenarios.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The backend that clients fetch their tokens from. */
public final class Tokens implements AutoCloseable {
  /**
   * What is asked for at one address.
   *
   * @param issued so far
   */
  private record Desk(Key key, String clientId, long ttlSeconds, AtomicInteger issued) {}

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
    desks.put(path, new Desk(key, clientId, ttlSeconds, new AtomicInteger()));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** How many were fetched there. */
  public int issued(URI at) {
    Desk desk = desks.get(at.getPath());
    return desk == null ? 0 : desk.issued().get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Desk desk = desks.get(exchange.getRequestURI().getPath());
      if (desk == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      desk.issued().incrementAndGet();
      byte[] token =
          desk.key().token(desk.clientId(), desk.ttlSeconds()).getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, token.length);
      exchange.getResponseBody().write(token);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
