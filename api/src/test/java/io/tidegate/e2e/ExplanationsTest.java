package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.refusal.Refusals;
import io.tidegate.usage.Usage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An explanation tells every step in its order, and leaves no trace. */
@WireTest
final class ExplanationsTest {
  private static final String EVERYTHING = "{'*':['publish','subscribe','presence','history']}";

  private final Target target = SharedGateway.target();
  private TestApp app;

  @BeforeEach
  void another() {
    app = TestApp.create(target, "Explained");
  }

  @Test
  void whatIsAllowedPassesEveryStepInOrder() {
    app.namespace("chat", "{'pattern':'chat:*'}");
    JsonNode told = of(app.token("ada", "{'chat:*':['publish']}"), "publish", "chat:1");

    assertThat(told.path("allowed").asBoolean()).isTrue();
    assertThat(told.path("code").isNull()).isTrue();
    assertThat(told.path("decidedBy").isNull()).isTrue();
    assertThat(steps(told))
        .containsExactly(
            "credential passes",
            "key.known passes",
            "token.signature passes",
            "key.revoked passes",
            "key.expiry passes",
            "token.audience passes",
            "token.lifetime passes",
            "token.expiry passes",
            "token.claims passes",
            "token.revoked passes",
            "key.capabilities passes",
            "token.capabilities passes",
            "namespace.clientPublish passes",
            "namespace.requireClientId passes",
            "namespace.maxMessageBytes passes",
            "limit passes",
            "limit passes",
            "limit passes");
    assertThat(rules(told))
        .contains(
            "key " + app.keyName() + " grants publish on *",
            "the token grants publish on chat:*",
            "namespace chat has clientPublish true");
  }

  @Test
  void whatIsBehindTheStepThatRefusesIsNotReached() {
    JsonNode told = of(app.token("ada", "{'room':['subscribe']}"), "publish", "room");

    assertThat(steps(told))
        .endsWith(
            "key.capabilities passes",
            "token.capabilities refuses",
            "namespace.clientPublish not-reached",
            "namespace.requireClientId not-reached",
            "namespace.maxMessageBytes not-reached",
            "limit not-reached");
  }

  @Test
  void capabilitiesAloneAreATokensAndNoKeyIsAskedAbout() {
    String question =
        json("{'capabilities':{'room':['subscribe']},'operation':'%%s','channel':'room'}");
    JsonNode told = ask(question.formatted("subscribe")).expect(200).json();
    assertThat(told.path("allowed").asBoolean()).isTrue();
    assertThat(steps(told))
        .containsExactly(
            "token.capabilities passes",
            "namespace.requireClientId passes",
            "limit passes",
            "limit passes",
            "limit passes");
    assertThat(ask(question.formatted("presence")).json().path("decidedBy").asText())
        .isEqualTo("token.capabilities");
    assertThat(ask(question.formatted("admin")).json().path("decidedBy").asText())
        .isEqualTo("credential.kind");
  }

  @Test
  void publicChannelsAskForNoCapability() {
    app.namespace("open", "{'pattern':'open:*','public':true}");
    JsonNode told = of(app.keyName(), "subscribe", "open:1");
    assertThat(told.path("allowed").asBoolean()).isTrue();
    assertThat(steps(told)).contains("namespace.public passes", "key.capabilities not-reached");
    assertThat(of(app.keyName(), "publish", "open:1").path("decidedBy").asText())
        .isEqualTo("token.capabilities");
  }

  /** Whatever is right or wrong with it: the explanation has the code of the real answer. */
  @Test
  void explanationsAgreeWithRealAnswers() {
    app.namespace("news", "{'pattern':'news:*','clientPublish':false}");
    app.namespace("club", "{'pattern':'club:*','requireClientId':true}");
    String secret = app.key().substring(app.key().indexOf(':') + 1);
    List<String> tokens =
        List.of(
            app.token("ada", EVERYTHING),
            app.token("ada", "{'club:*':['publish']}"),
            app.token("ada", "{'news:*':['subscribe']}"),
            Forged.expired(app.keyName(), secret),
            Forged.good(app.keyName(), "not-the-secret-of-the-key-0123456789ab"),
            Forged.of(app.keyName(), secret, "{}"),
            "no.jwt",
            "a.b.c");
    for (String token : tokens) {
      Rest rest = new Rest(target, Credential.bearer(token));
      for (String channel : List.of("room", "news:1", "club:1")) {
        Answer published =
            rest.post("/v1/channels/" + Rest.encode(channel) + "/messages", json("{'data':1}"));
        assertThat(of(token, "publish", channel).path("code").asInt(0)).isEqualTo(published.code());
        Answer read = rest.get("/v1/channels/" + Rest.encode(channel) + "/messages");
        assertThat(of(token, "history", channel).path("code").asInt(0)).isEqualTo(read.code());
      }
    }
  }

  @Test
  void anotherAppsCredentialIsOneThatNobodyHas() {
    TestApp other = TestApp.create(target, "Other");
    String absent = app.keyName().replaceAll("k[0-9]+$", "k99");
    assertThat(of(other.key(), "publish", "room")).isEqualTo(of(absent + ":x", "publish", "room"));
    assertThat(of(other.keyName(), "subscribe", "room")).isEqualTo(of(absent, "subscribe", "room"));
    String token = other.token("ada", EVERYTHING);
    String secret = other.key().substring(other.key().indexOf(':') + 1);
    assertThat(of(token, "publish", "room"))
        .isEqualTo(of(Forged.good(absent, secret), "publish", "room"));
    assertThat(of(other.key(), "publish", "room").path("decidedBy").asText())
        .isEqualTo("key.known");
  }

  @Test
  void nothingIsUsedUpCountedOrNoted() {
    app.limits("{'publishesPerSecond':1}");
    String ticket = app.ticket(app.token("ada", EVERYTHING));
    String fresh = app.control().key(app.id(), TestApp.EVERYTHING);
    String freshId = fresh.substring(fresh.indexOf('.') + 1, fresh.indexOf(':'));
    SharedGateway.bean(Refusals.class).flush();
    for (int i = 0; i < 20; i++) {
      assertThat(of(fresh, "publish", "room").path("allowed").asBoolean()).isTrue();
      assertThat(of(ticket, "subscribe", "room").path("allowed").asBoolean()).isTrue();
      assertThat(of(fresh + "x", "publish", "room").path("allowed").asBoolean()).isFalse();
    }

    SharedGateway.bean(Refusals.class).flush();
    SharedGateway.bean(Usage.class).flush();
    Rest operator = app.control().rest();
    JsonNode kept = operator.get("/v1/apps/" + app.id() + "/refusals").expect(200).json();
    assertThat(kept.path("items")).isEmpty();
    JsonNode key = operator.get("/v1/apps/" + app.id() + "/keys/" + freshId).expect(200).json();
    assertThat(key.path("lastUsedAt").isNull()).isTrue();
    SseClient.open(target, Credential.ticket(ticket), "room").close();
  }

  @Test
  void questionsThatCannotBeAskedAreRefused() {
    for (String question :
        List.of(
            "{}",
            "{'operation':'publish','channel':'room'}",
            "{'operation':'fly','channel':'room','credential':'x'}",
            "{'operation':'publish','channel':':room','credential':'x'}",
            "{'operation':'publish','channel':'room','credential':'x','capabilities':{'*':['publish']}}",
            "{'operation':'publish','channel':'room','credential':'x','clientId':'ada'}",
            "{'operation':'publish','channel':'room','credential':'x','mood':1}")) {
      assertThat(ask(json(question)).status()).as(question).isEqualTo(400);
    }
  }

  @Test
  void itNeedsADeveloper() {
    String question = json("{'credential':'x','operation':'publish','channel':'room'}");
    for (String role : List.of("viewer", "developer")) {
      String token = app.control().controlToken(app.tenantId(), role);
      Answer answer =
          new Rest(target, Credential.bearer(token))
              .post("/v1/apps/" + app.id() + "/explain", question);
      assertThat(answer.status()).as(role).isEqualTo(role.equals("viewer") ? 403 : 200);
    }
    assertThat(app.rest().post("/v1/apps/" + app.id() + "/explain", question).status())
        .isIn(401, 403);
  }

  private Answer ask(String question) {
    return app.control().rest().post("/v1/apps/" + app.id() + "/explain", question);
  }

  private JsonNode of(String credential, String operation, String channel) {
    String question =
        "{\"credential\":%s,\"operation\":%s,\"channel\":%s}"
            .formatted(quote(credential), quote(operation), quote(channel));
    return ask(question).expect(200).json();
  }

  private static List<String> steps(JsonNode told) {
    return told.path("steps")
        .valueStream()
        .map(step -> step.path("step").asText() + " " + step.path("verdict").asText())
        .toList();
  }

  private static List<String> rules(JsonNode told) {
    return told.path("steps").valueStream().map(step -> step.path("rule").asText()).toList();
  }
}
