package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.contract.Exchange;
import io.tidegate.control.ControlClient.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the control plane as the console does in somebody's browser; every exchange is judged
 * by the contract. Its cookie is taken from the answers, as a browser takes it.
 */
final class Person {
  static final String PASSWORD = "a long walk by the sea";

  private final TestGateway gateway;
  private String cookie = "";

  private Person(TestGateway gateway) {
    this.gateway = gateway;
  }

  /** Somebody who is not signed in. */
  static Person stranger() {
    return at(ControlClient.gateway());
  }

  static Person at(TestGateway gateway) {
    return new Person(gateway);
  }

  static String newEmail() {
    return "p" + UUID.randomUUID() + "@acme.example";
  }

  /** A new member of the tenant, signed in. */
  static Person member(String tenant, String role) {
    return accepted(invitation(tenant, newEmail(), role));
  }

  /** A new operator, signed in. */
  static Person operator() {
    Reply invited =
        ControlClient.operator()
            .post("/v1/operators", "{'email':'" + newEmail() + "'}")
            .expect(201);
    return accepted(secret(invited.text("invitationUrl")));
  }

  /** The text of an invitation. */
  static String invitation(String tenant, String email, String role) {
    Reply invited =
        ControlClient.operator()
            .post(
                "/v1/tenants/" + tenant + "/members",
                "{'email':'" + email + "','role':'" + role + "'}")
            .expect(201);
    return secret(invited.text("invitationUrl"));
  }

  static String secret(String url) {
    return url.substring(url.indexOf('=') + 1);
  }

  private static Person accepted(String invitation) {
    Person person = stranger();
    person.accept(invitation).expect(201);
    return person;
  }

  /** With a new account. */
  Reply accept(String invitation) {
    return post(
        "/v1/invitations/accept",
        "{'invitation':'" + invitation + "','name':'Ada','password':'" + PASSWORD + "'}");
  }

  Reply signIn(String email, String password) {
    return post("/v1/session", "{'email':'" + email + "','password':'" + password + "'}");
  }

  Reply signIn(String email, String password, String code) {
    return post(
        "/v1/session",
        "{'email':'" + email + "','password':'" + password + "','code':'" + code + "'}");
  }

  String email() {
    return get("/v1/session").expect(200).text("account.email");
  }

  String cookie() {
    return cookie;
  }

  Person withCookie(String other) {
    cookie = other;
    return this;
  }

  /** The same browser at another node. */
  Person elsewhere(TestGateway other) {
    return new Person(other).withCookie(cookie);
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  Reply post(String path, @Nullable String body) {
    return send("POST", path, body);
  }

  Reply put(String path, String body) {
    return send("PUT", path, body);
  }

  Reply patch(String path, String body) {
    return send("PATCH", path, body);
  }

  Reply delete(String path) {
    return send("DELETE", path, null);
  }

  /** As the console asks. */
  Reply send(String method, String path, @Nullable String body) {
    return sendWith(method, path, body, "X-Tidegate-Console", "1", "Sec-Fetch-Site", "same-origin");
  }

  /**
   * As whoever makes the browser ask.
   *
   * @param headers names and values
   */
  Reply sendWith(String method, String path, @Nullable String body, String... headers) {
    String json = body == null ? null : body.replace('\'', '"');
    HttpRequest.Builder request = gateway.request(method, path, json == null ? "" : json);
    if (!cookie.isEmpty()) {
      request.header("Cookie", "other=1; " + cookie);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response = gateway.send(request.build());
    assertThat(ControlClient.CONTRACT.validate(Exchange.of(response, json))).isEmpty();
    List<String> set = new ArrayList<>(response.headers().allValues("Set-Cookie"));
    if (!set.isEmpty()) {
      String pair = set.getFirst().substring(0, set.getFirst().indexOf(';'));
      cookie = pair.endsWith("=") ? "" : pair;
    }
    return new Reply(response);
  }
}
