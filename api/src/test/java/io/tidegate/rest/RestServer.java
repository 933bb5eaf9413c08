package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.contract.Exchange;
import io.tidegate.contract.OpenApiContract;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcKeys;
import io.tidegate.tenant.store.JdbcTenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with one app and two of its keys, {@code k1} and {@code k2}. Every exchange is judged
 * by the contract.
 */
public final class RestServer implements AutoCloseable {
  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  private final TestGateway gateway;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AppId app;
  private final String key;
  private final String keyWithoutAdmin;

  /**
   * @param database a name of the test's own
   */
  public RestServer(String database) {
    gateway = TestGateway.start(database);
    TenantId tenant =
        gateway.bean(JdbcTenants.class).create(Caller.SYSTEM, "Acme", Limits.INITIAL).tenantId();
    app =
        gateway
            .bean(JdbcApps.class)
            .create(Caller.SYSTEM, tenant, "production", List.of("https://chat.acme.example"))
            .appId();
    key = key(app, EnumSet.allOf(Operation.class));
    keyWithoutAdmin = key(app, EnumSet.of(Operation.PUBLISH));
  }

  private String key(AppId app, EnumSet<Operation> operations) {
    Capabilities capabilities = new Capabilities(Map.of(new ChannelPattern("*"), operations));
    JdbcKeys.Created created =
        gateway.bean(JdbcKeys.class).create(Caller.SYSTEM, app, "backend", capabilities, null);
    return created.key().keyName() + ":" + created.secret();
  }

  public int port() {
    return gateway.gateway().port();
  }

  public AppId app() {
    return app;
  }

  /** {@code Authorization} of the app's key, which may do everything. */
  public String key() {
    return basic(key);
  }

  public String keyWithoutAdmin() {
    return basic(keyWithoutAdmin);
  }

  static String basic(String key) {
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
    gateway.close();
  }
}
