package io.tidegate.e2e.console;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.tenant.Role;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WireTest
final class PeopleActByTheirRoleTest {
  private static final String MESSAGES = "/v1/channels/room/messages";

  private final TestApp app = TestApp.create(SharedGateway.target(), "People");

  @ParameterizedTest
  @EnumSource
  void everyRoleSeesWhatIsThere(Role role) {
    Rest person = new Person(app, role).rest();
    app.rest().post(MESSAGES, json("{'data':1}")).expect(201);

    person.get("/v1/channels").expect(200);
    person.get("/v1/channels/room").expect(200);
    person.get("/v1/channels/room/subscribers").expect(200);
    person.get("/v1/channels/room/presence").expect(200);
    person.get(MESSAGES).expect(200);
    person.get("/v1/channels/%5Bmeta%5Dlog/messages").expect(200);
    person.get("/v1/connections").expect(200);
  }

  @Test
  void viewerChangesNothing() {
    Rest viewer = new Person(app, Role.VIEWER).rest();

    viewer.post(MESSAGES, json("{'data':1}")).expect(403);
    mayNotManage(viewer);
  }

  @Test
  void developerPublishesWhateverTheNamespaceHasAndManagesNothing() {
    Rest developer = new Person(app, Role.DEVELOPER).rest();
    app.namespace("quiet", "{'pattern':'quiet:*','clientPublish':false}");

    developer.post("/v1/channels/quiet%3A1/messages", json("{'data':1}")).expect(201);
    JsonNode item = app.rest().get("/v1/channels/quiet%3A1/messages").json().path("items").path(0);
    assertThat(item.path("clientId").asText()).isEqualTo("console:" + Person.ACCOUNT);
    mayNotManage(developer);
  }

  private static void mayNotManage(Rest person) {
    refused(person.delete("/v1/channels/room"));
    refused(person.delete("/v1/connections/n1x7c2-8Yd0aQ"));
    refused(person.post("/v1/clients/ada/disconnect", null));
    refused(person.post("/v1/tokens", json("{'capabilities':{'*':['subscribe']},'keyId':'k1'}")));
    refused(person.post("/v1/tokens/revoke", json("{'targets':[{'clientId':'ada'}]}")));
  }

  private static void refused(Answer answer) {
    assertThat(answer.code()).isEqualTo(40301);
  }

  @Test
  void adminManagesAsAKeyDoes() {
    Person admin = new Person(app, Role.ADMIN);
    try (WebSocketClient client =
        WebSocketClient.open(
            app.target(), Credential.bearer(app.token("eve", "{'*':['subscribe']}")))) {
      client.frames().await("connected");
      admin.rest().delete("/v1/connections/" + client.connectionId()).expect(204);
      assertThat(client.frames().await("error").path("code").asInt()).isEqualTo(40307);
    }
    admin.rest().post("/v1/clients/nobody/disconnect", null).expect(204);
    app.rest().post("/v1/channels/gone/messages", json("{'data':1}")).expect(201);
    admin.rest().delete("/v1/channels/gone").expect(204);
    assertThat(app.rest().get("/v1/channels/gone/messages").json().path("items")).isEmpty();
    admin
        .rest()
        .post("/v1/tokens/revoke", json("{'targets':[{'clientId':'mallory'}]}"))
        .expect(204);
  }

  @Test
  void whatAPersonDoesIsOnTheRecordWithTheirName() {
    Rest admin = new Person(app, Role.ADMIN).rest();
    app.rest().post("/v1/channels/noted/messages", json("{'data':1}")).expect(201);
    admin.delete("/v1/channels/noted").expect(204);
    admin.post("/v1/clients/noted/disconnect", null).expect(204);
    String body = "{'clientId':'noted','capabilities':{'*':['subscribe']},'keyId':'%s'}";
    String tokenId =
        admin
            .post("/v1/tokens", json(body.formatted(app.keyId())))
            .expect(201)
            .json()
            .path("tokenId")
            .asText();
    admin.post("/v1/tokens/revoke", json("{'targets':[{'clientId':'noted'}]}")).expect(204);

    String events = "/v1/tenants/" + app.tenantId() + "/audit-events";
    JsonNode noted = app.control().rest().get(events).expect(200).json().path("items");
    for (String[] one :
        new String[][] {
          {"channel.deleted", "noted"},
          {"client.disconnected", "noted"},
          {"token.created", tokenId},
          {"token.revoked", "noted"}
        }) {
      assertThat(noted)
          .filteredOn(
              event ->
                  event.path("action").asText().equals(one[0])
                      && event.path("target").path("id").asText().equals(one[1]))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.path("actor").path("kind").asText()).isEqualTo("account");
                assertThat(event.path("actor").path("id").asText()).isEqualTo(Person.ACCOUNT);
              });
    }
  }

  @Test
  void adminSaysWhichKeySignsAToken() {
    Rest admin = new Person(app, Role.ADMIN).rest();
    String body = "{'clientId':'ada','capabilities':{'*':['subscribe']},'keyId':'%s'}";

    String token =
        admin
            .post("/v1/tokens", json(body.formatted(app.keyId())))
            .expect(201)
            .json()
            .path("token")
            .asText();
    try (WebSocketClient client = WebSocketClient.open(app.target(), Credential.bearer(token))) {
      client.frames().await("connected");
    }
    admin.post("/v1/tokens", json(body.formatted("k99"))).expect(400);
    admin.post("/v1/tokens", json("{'capabilities':{'*':['subscribe']}}")).expect(400);
    app.rest().post("/v1/tokens", json(body.formatted(app.keyId()))).expect(201);
    app.rest().post("/v1/tokens", json(body.formatted("k99"))).expect(400);
  }

  @Test
  void nobodyIsSomebodyInAnotherApp() {
    TestApp other = TestApp.create(SharedGateway.target(), "Strangers");
    other.rest().post(MESSAGES, json("{'data':1}")).expect(201);

    JsonNode seen = new Person(app, Role.OWNER).rest().get("/v1/channels").json();
    assertThat(seen.path("items").toString()).doesNotContain("strangers");
    new Person(other, Role.OWNER).rest().get("/v1/channels/room").expect(200);
  }

  /** As its page in a browser does: an auth frame, from a page of the gateway itself. */
  @Test
  void consoleOpensItsSocketWhateverTheAppsOriginsAre() throws Exception {
    app.control().rest().patch("/v1/apps/" + app.id(), json("{'settings':{'allowedOrigins':[]}}"));
    Person viewer = new Person(app, Role.VIEWER);
    try (WebSocketClient socket = WebSocketClient.open(app.target(), Credential.NONE)) {
      socket.auth(viewer.token());
      assertThat(socket.frames().await("connected").path("clientId").asText())
          .isEqualTo("console:" + Person.ACCOUNT);
      socket.subscribe("[meta]log");
      socket.frames().await("subscribed");
      JsonNode listed = viewer.rest().get("/v1/connections").json().path("items").path(0);
      assertThat(listed.path("console").asBoolean()).isTrue();
      assertThat(listed.path("keyName").asText()).isEqualTo(app.id() + ".console");
      // The next token of the same person.
      String id = socket.auth(viewer.token());
      socket.frames().await("reply", frame -> frame.path("id").asText().equals(id));
    }
    String own = "http://127.0.0.1:" + app.target().port();
    assertThat(withOrigin(viewer.token(), own)).isEqualTo(200);
    assertThat(withOrigin(viewer.token(), "https://evil.example")).isEqualTo(403);
  }

  private int withOrigin(String token, String origin) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(app.target().uri("/v1/channels"))
            .header("Authorization", "Bearer " + token)
            .header("Origin", origin)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
