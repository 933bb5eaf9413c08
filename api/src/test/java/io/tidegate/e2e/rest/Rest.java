package io.tidegate.e2e.rest;

import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.gateway.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Requests with one credential; every exchange is judged. */
public final class Rest {
  /** Longer than the gateway takes to find out what became of a publish. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(TestCertificate.trust())
          .connectTimeout(Duration.ofSeconds(30))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final Target target;
  private final Credential credential;

  public Rest(Target target, Credential credential) {
    this.target = target;
    this.credential = credential;
  }

  public static Rest operator(Target target) {
    return new Rest(target, Credential.bearer(target.operatorToken()));
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, @Nullable String body) {
    return send("POST", path, body);
  }

  public Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  public Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** As {@link #send}, again and again while it is told to come back, as a client does. */
  public Answer patiently(String method, String path, @Nullable String body) {
    return Later.ask(() -> send(method, path, body), Answer::code);
  }

  public Answer send(String method, String path, @Nullable String body) {
    try {
      return trySend(method, path, body);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    }
  }

  /**
   * @throws IOException when no answer came
   */
  public Answer trySend(String method, String path, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri(path)).timeout(TIMEOUT).method(method, publisher(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    credential.addTo(request);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      Judge.exchange(response, body);
      return new Answer(
          response.statusCode(),
          response.headers(),
          response.body(),
          () -> send(method, path, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One path segment or query value. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static HttpClient http() {
    return HTTP;
  }

  private static HttpRequest.BodyPublisher publisher(@Nullable String body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
  }
}
