package io.tidegate;

import io.tidegate.postgres.EmbeddedPostgresServer;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole gateway on free ports, over a database of its own in the server that all tests share. Its
 * database stays when it is closed, for a second one to be started over it.
 */
public final class TestGateway implements AutoCloseable {
  public static final String OPERATOR_TOKEN = "tgo_test-0123456789-abcdefghijklmnopqrstuvwxyz";
  public static final String MASTER_KEY =
      "1f8a2b4c5d0197f3c26b1e7c3a9d523f1f8a2b4c5d0197f3c26b1e7c3a9d5240";

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
    try {
      TestPostgres.freshDatabase(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return over(database, environment);
  }

  /** Over a database that an earlier gateway left. */
  public static TestGateway over(String database, Map<String, String> environment) {
    EmbeddedPostgresServer server = TestPostgres.server();
    Map<String, String> variables = new HashMap<>();
    variables.put("TIDEGATE_PORT", "0");
    variables.put("TIDEGATE_MANAGEMENT_PORT", "0");
    variables.put("TIDEGATE_DATA", Path.of("target", "test-data", database).toString());
    variables.put("TIDEGATE_DATABASE_URL", server.url(database));
    variables.put("TIDEGATE_DATABASE_USER", server.user());
    variables.put("TIDEGATE_DATABASE_PASSWORD", server.password());
    variables.put("TIDEGATE_OPERATOR_TOKEN", OPERATOR_TOKEN);
    variables.put("TIDEGATE_MASTER_KEY", MASTER_KEY);
    variables.putAll(environment);
    return new TestGateway(database, Gateway.start(Settings.read(variables)));
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
