package io.tidegate.e2e.console;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account who is signed in, and her browser: it says what a browser says.
 *
 * @param cookie name and value of the session
 */
record Visitor(Target target, String email, String cookie) {
  static final String PASSWORD = "seven herons over the marsh";

  /** What the console's own page sends with a change. */
  static final Map<String, String> FROM_THE_CONSOLE =
      Map.of("X-Tidegate-Console", "1", "Sec-Fetch-Site", "same-origin");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Visitor operator(Target target) {
    String email = newEmail();
    return accept(
        target,
        email,
        Rest.operator(target)
            .post("/v1/operators", json("{'email':'%s'}", email))
            .expect(201)
            .json());
  }

  /**
   * @param role wire name
   */
  static Visitor member(Target target, String tenantId, String role) {
    String email = newEmail();
    return accept(
        target,
        email,
        Rest.operator(target)
            .post(
                "/v1/tenants/" + tenantId + "/members",
                json("{'email':'%s','role':'%s'}", email, role))
            .expect(201)
            .json());
  }

  private static String newEmail() {
    return UUID.randomUUID() + "@tidegate.example";
  }

  private static Visitor accept(Target target, String email, JsonNode invited) {
    String fragment = URI.create(invited.path("invitationUrl").asText()).getFragment();
    String invitation = fragment.substring("invitation=".length());
    Visitor nobody = new Visitor(target, email, "");
    HttpResponse<String> answer =
        nobody.console(
            "POST",
            "/v1/invitations/accept",
            "{\"invitation\":%s,\"name\":\"Somebody\",\"password\":%s}"
                .formatted(quote(invitation), quote(PASSWORD)));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return new Visitor(target, email, sessionOf(answer).orElseThrow());
  }

  /** In another browser. */
  Visitor signedIn() {
    return new Visitor(target, email, "").signedInHere();
  }

  /** In this browser, which brings its cookie. */
  Visitor signedInHere() {
    HttpResponse<String> answer = signIn();
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return new Visitor(target, email, sessionOf(answer).orElseThrow());
  }

  HttpResponse<String> signIn() {
    return console(
        "POST",
        "/v1/session",
        "{\"email\":%s,\"password\":%s}".formatted(quote(email), quote(PASSWORD)));
  }

  /** As the console's own page asks. */
  HttpResponse<String> console(String method, String path, @Nullable String body) {
    return send(method, path, body, FROM_THE_CONSOLE);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, null, Map.of("Sec-Fetch-Site", "same-origin"));
  }

  HttpResponse<String> send(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri(path))
            .timeout(Duration.ofMinutes(1))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The session that an answer sets, as a request carries it; empty when it sets none. */
  static java.util.Optional<String> sessionOf(HttpResponse<?> answer) {
    List<String> set = answer.headers().allValues("Set-Cookie");
    return set.stream()
        .map(line -> HttpCookie.parse(line).getFirst())
        .filter(cookie -> !cookie.getValue().isEmpty())
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .findFirst();
  }

  /** The code of a refusal; 0 for an answer that is none. */
  static int codeOf(HttpResponse<String> answer) {
    return answer.statusCode() < 400 || answer.body().isEmpty()
        ? 0
        : Json.read(answer.body()).path("code").asInt();
  }
}
