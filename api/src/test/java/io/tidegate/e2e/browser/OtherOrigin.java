package io.tidegate.e2e.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;

/** A web site that is not the gateway: one page on a port of its own. */
final class OtherOrigin implements AutoCloseable {
  private final HttpServer server;

  private OtherOrigin(HttpServer server) {
    this.server = server;
  }

  /**
   * @param resource an HTML file of the test resources
   */
  static OtherOrigin serving(String resource) {
    try (InputStream in = OtherOrigin.class.getResourceAsStream(resource)) {
      byte[] page = Objects.requireNonNull(in, resource).readAllBytes();
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> answer(exchange, page));
      server.start();
      return new OtherOrigin(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, byte[] page) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  /** Scheme, host and port. */
  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI page() {
    return URI.create(origin() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
