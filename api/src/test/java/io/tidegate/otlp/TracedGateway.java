package io.tidegate.otlp;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A gateway that traces nothing but what a caller asks for, and an app in it. */
final class TracedGateway implements AutoCloseable {
  private final TestGateway gateway;
  private final TestApp app;

  private TracedGateway(TestGateway gateway) {
    this.gateway = gateway;
    this.app = TestApp.create(target(), "Traced");
    app.namespace("kept", "{'pattern':'kept','durability':'durable'}");
  }

  static TracedGateway start(String database, String endpoint) {
    return start(database, Map.of("TIDEGATE_OTLP_ENDPOINT", endpoint, "TIDEGATE_TRACE_RATIO", "0"));
  }

  static TracedGateway start(String database, Map<String, String> environment) {
    return new TracedGateway(TestGateway.start(database, environment));
  }

  TestGateway gateway() {
    return gateway;
  }

  TestApp app() {
    return app;
  }

  Target target() {
    return Door.of(gateway);
  }

  /** With the app's key. */
  HttpResponse<String> publish(String channel, String body, String... headers) {
    String path = "/v1/channels/" + channel + "/messages";
    return send("POST", path, Credential.key(app.key()), body, headers);
  }

  HttpResponse<String> send(
      String method, String path, Credential credential, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target().uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    credential.addTo(request);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return Rest.http().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
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
