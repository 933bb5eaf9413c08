package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tidegate.auth.MemoryRevocationStore;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.contract.Exchange;
import io.tidegate.contract.OpenApiContract;
import io.tidegate.tenant.App;
import io.tidegate.tenant.MemoryDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The routes that need no database, on a real server with a directory in memory. Every exchange is
 * judged by the contract.
 */
public final class RestServer implements AutoCloseable {
  public static final AppId APP = new AppId("482913");
  public static final String SECRET = "q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E";
  public static final String KEY = "482913.k1:" + SECRET;
  public static final String PLAIN_KEY = "482913.k2:" + SECRET;
  private static final TenantId TENANT =
      new TenantId(UUID.fromString("0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"));
  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  public final MemoryDirectory directory = new MemoryDirectory();
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public RestServer() {
    directory.putApp(new App(APP, TENANT, "production", List.of("https://chat.acme.example")));
    putKey("482913.k1", EnumSet.allOf(Operation.class));
    putKey("482913.k2", EnumSet.of(Operation.PUBLISH));
    InstantSource clock = InstantSource.system();
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "micronaut.server.host",
                    "127.0.0.1",
                    "datasources.default.enabled",
                    false,
                    "flyway.enabled",
                    false))
            .singletons(
                directory, clock, new MemoryBroker(clock, 1 << 20), new MemoryRevocationStore())
            .start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  private void putKey(String name, EnumSet<Operation> operations) {
    directory.putKey(
        Objects.requireNonNull(KeyName.parse(name)),
        SECRET,
        new Capabilities(Map.of(new ChannelPattern("*"), operations)));
  }

  public int port() {
    return server.getPort();
  }

  public static String basic(String key) {
    return "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends JSON, if there is a body; the exchange keeps to the contract. */
  public HttpResponse<String> send(
      String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> response = exchange(request.build());
    assertThat(CONTRACT.validate(Exchange.of(response, body))).isEmpty();
    return response;
  }

  public HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.getApplicationContext().close();
  }
}
