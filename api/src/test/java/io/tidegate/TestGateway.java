package io.tidegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * A whole gateway on free ports, over a database of its own in the server that all tests share. Its
 * database stays when it is closed, for a second one to be started over it.
 */
public final class TestGateway implements AutoCloseable {
  private final String database;
  private final Gateway gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  private TestGateway(String database, Gateway gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  /** Over a new database with a name of the test's own. */
  public static TestGateway start(String database) {
    return start(database, Map.of());
  }

  /** With more of the environment set. */
  public static TestGateway start(String database, Map<String, String> environment) {
    TestContext.freshDatabase(database);
    return over(database, environment);
  }

  /** Over a database that an earlier gateway left. */
  public static TestGateway over(String database, Map<String, String> environment) {
    return new TestGateway(database, Gateway.start(TestContext.settings(database, environment)));
  }

  public Gateway gateway() {
    return gateway;
  }

  public <T> T bean(Class<T> type) {
    return gateway.context().getBean(type);
  }

  public String database() {
    return database;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  /** A request to complete and send. */
  public HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return body.isEmpty()
        ? request.method(method, BodyPublishers.noBody())
        : request
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
