package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.refusal.Refusals;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each kind of refusal, over the wire: the store of refusals names the rule that decided it, and so
 * does an explanation of the same, wherever it is one of an operation.
 */
@WireTest
final class EveryRefusalNamesItsRuleTest {
  private static final String MESSAGE = json("{'data':1}");
  private static final String EVERYTHING = "{'*':['publish','subscribe','presence','history']}";

  private final Target target = SharedGateway.target();

  /** Brings a refusal about; returns what to ask an explanation of, empty when it cannot be one. */
  private interface Act {
    String in(TestApp app) throws Exception;
  }

  /** A kind of refusal, and what decides it. */
  private record Kind(String name, int code, String step, String rule, Act act) {}

  /** Kinds that were explained too. */
  private int explained;

  @TestFactory
  Stream<DynamicTest> everyKind() {
    Stream<DynamicTest> kinds =
        Stream.of(credentials(), tokens(), rights(), log(), namespaces(), limits(), others())
            .flatMap(List::stream)
            .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> decidedBy(kind)));
    DynamicTest last =
        DynamicTest.dynamicTest(
            "at least thirty are explained, too",
            () -> assertThat(explained).isGreaterThanOrEqualTo(30));
    return Stream.concat(kinds, Stream.of(last));
  }

  private void decidedBy(Kind kind) throws Exception {
    TestApp app = TestApp.create(target, kind.name());
    String asked = kind.act().in(app);

    JsonNode kept = kept(app, kind.code());
    assertThat(kept.path("code").asInt()).as("kept: %s", kept).isEqualTo(kind.code());
    assertThat(kept.path("step").asText()).as("step: %s", kept).isEqualTo(kind.step());
    assertThat(kept.path("rule").asText()).as("rule: %s", kept).contains(kind.rule());
    assertThat(kept.path("keyName").asText()).startsWith(app.id() + ".");
    assertThat(kept.toString()).doesNotContain(secret(app));
    if (!asked.isEmpty()) {
      JsonNode told = explain(app, asked);
      assertThat(told.path("allowed").asBoolean()).as("%s", told).isFalse();
      assertThat(told.path("code").asInt()).as("%s", told).isEqualTo(kind.code());
      assertThat(told.path("decidedBy").asText()).as("%s", told).isEqualTo(kind.step());
      assertThat(refusing(told).path("rule").asText()).as("%s", told).contains(kind.rule());
      for (String secret : secrets(app, asked)) {
        assertThat(kept + " " + told).doesNotContain(secret);
      }
      explained++;
    }
  }

  /** Whatever of the app's, or of what was shown, must be found nowhere. */
  private static List<String> secrets(TestApp app, String asked) {
    String shown = Json.read(asked).path("credential").asText();
    String secret = shown.substring(shown.indexOf(':') + 1);
    return shown.equals(app.keyName()) ? List.of(secret(app)) : List.of(secret(app), secret);
  }

  private List<Kind> credentials() {
    return List.of(
        new Kind(
            "wrong secret",
            40101,
            "key.secret",
            "it is not of key",
            app -> {
              String wrong = app.keyName() + ":wrong";
              rest(Credential.key(wrong)).get("/v1/channels/room/messages").expect(401);
              return of(wrong, "history", "room");
            }),
        new Kind(
            "forged signature",
            40101,
            "token.signature",
            "it is not of key",
            app -> {
              String forged = Forged.good(app.keyName(), "not-the-secret-of-the-key-0123456789ab");
              publish(forged, "room").expect(401);
              return of(forged, "publish", "room");
            }),
        new Kind(
            "revoked key",
            40131,
            "key.revoked",
            "was revoked at",
            app -> {
              app.control().revokeKey(app.id(), app.keyId());
              app.rest().post("/v1/channels/room/messages", MESSAGE).expect(401);
              return of(app.key(), "publish", "room");
            }),
        new Kind(
            "expired key",
            40132,
            "key.expiry",
            "expired at",
            app -> {
              String key = "/v1/apps/" + app.id() + "/keys/" + app.keyId();
              app.control()
                  .rest()
                  .patch(key, json("{'expiresAt':'2020-01-01T00:00:00Z'}"))
                  .expect(200);
              app.rest().get("/v1/channels/room/messages").expect(401);
              return of(app.key(), "history", "room");
            }),
        new Kind(
            "token of a revoked key",
            40131,
            "key.revoked",
            "was revoked at",
            app -> {
              String token = app.token("ada", EVERYTHING);
              app.control().revokeKey(app.id(), app.keyId());
              publish(token, "room").expect(401);
              return of(token, "publish", "room");
            }),
        new Kind(
            "bare key name of a revoked key",
            40131,
            "key.revoked",
            "was revoked at",
            app -> {
              app.control().revokeKey(app.id(), app.keyId());
              refused(() -> SseClient.open(target, Credential.keyName(app.keyName()), "room"));
              return of(app.keyName(), "subscribe", "room");
            }),
        new Kind(
            "ticket used twice",
            40147,
            "ticket.use",
            "Ticket used already",
            app -> {
              String ticket = app.ticket(app.token("ada", EVERYTHING));
              SseClient.open(target, Credential.ticket(ticket), "room").close();
              refused(() -> SseClient.open(target, Credential.ticket(ticket), "room"));
              return "";
            }),
        new Kind(
            "wrong origin",
            40304,
            "app.origins",
            "allowedOrigins of the app are https://a.test",
            app -> {
              app.control().allowOrigins(app.id(), "https://a.test");
              from("https://evil.test", app);
              return "{\"credential\":%s,\"operation\":\"history\",\"channel\":\"room\","
                      .formatted(quote(app.key()))
                  + "\"origin\":\"https://evil.test\"}";
            }));
  }

  private List<Kind> tokens() {
    return List.of(
        new Kind(
            "expired token",
            40142,
            "token.expiry",
            "exp was",
            app -> {
              String token = Forged.expired(app.keyName(), secret(app));
              publish(token, "room").expect(401);
              return of(token, "publish", "room");
            }),
        new Kind(
            "token of another audience",
            40144,
            "token.audience",
            "the app of the key",
            app -> refusedToken(app, claims("1", 0, 3600, "'publish'"))),
        new Kind(
            "token that lives too long",
            40144,
            "token.lifetime",
            "at most 24 h",
            app -> refusedToken(app, claims(app.id(), 0, 100_000, "'publish'"))),
        new Kind(
            "token from the future",
            40144,
            "token.lifetime",
            "iat and nbf are past",
            app -> refusedToken(app, claims(app.id(), 3600, 7200, "'publish'"))),
        new Kind(
            "token with an operation that there is not",
            40144,
            "token.claims",
            "operations of a token",
            app -> refusedToken(app, claims(app.id(), 0, 3600, "'fly'"))),
        new Kind(
            "token with admin",
            40144,
            "token.claims",
            "operations of a token",
            app -> refusedToken(app, claims(app.id(), 0, 3600, "'admin'"))),
        new Kind(
            "revoked token",
            40141,
            "token.revoked",
            "a revocation of its key, client or token id",
            app -> {
              String token = app.token("ada", EVERYTHING);
              app.rest()
                  .post("/v1/tokens/revoke", json("{'targets':[{'clientId':'ada'}]}"))
                  .expect(204);
              publish(token, "room").expect(401);
              return of(token, "publish", "room");
            }));
  }

  private List<Kind> rights() {
    return List.of(
        new Kind(
            "operation that the token has not",
            40301,
            "token.capabilities",
            "no pattern of the token grants publish",
            app -> {
              String token = app.token("ada", "{'room':['subscribe']}");
              publish(token, "room").expect(403);
              return of(token, "publish", "room");
            }),
        new Kind(
            "channel that the token has not",
            40301,
            "token.capabilities",
            "no pattern of the token grants subscribe",
            app -> {
              String token = app.token("ada", "{'room':['subscribe']}");
              refused(() -> SseClient.open(target, Credential.bearer(token), "hall"));
              return of(token, "subscribe", "hall");
            }),
        new Kind(
            "presence that the token has not",
            40301,
            "token.capabilities",
            "no pattern of the token grants presence",
            app -> {
              String token = app.token("ada", "{'room':['subscribe']}");
              frame(app, token, "{'type':'presence','id':'p1','channel':'room','action':'enter'}");
              return of(token, "presence", "room");
            }),
        new Kind(
            "operation that the key has not",
            40301,
            "key.capabilities",
            "grants history",
            app -> {
              String key = app.control().key(app.id(), json("{'*':['publish']}"));
              rest(Credential.key(key)).get("/v1/channels/room/messages").expect(403);
              return of(key, "history", "room");
            }),
        new Kind(
            "operation that the token has and its key has not",
            40301,
            "key.capabilities",
            "grants publish",
            app -> {
              String key = app.control().key(app.id(), json("{'*':['subscribe']}"));
              String name = key.substring(0, key.indexOf(':'));
              String token = Forged.good(name, key.substring(key.indexOf(':') + 1));
              publish(token, "room").expect(403);
              return of(token, "publish", "room");
            }),
        new Kind(
            "bare key name in a channel that is not public",
            40301,
            "token.capabilities",
            "no pattern of a bare key name grants subscribe",
            app -> {
              refused(() -> SseClient.open(target, Credential.keyName(app.keyName()), "room"));
              return of(app.keyName(), "subscribe", "room");
            }),
        new Kind(
            "token where a key is needed",
            40303,
            "credential.kind",
            "",
            app -> {
              String token = app.token("ada", EVERYTHING);
              rest(Credential.bearer(token)).get("/v1/connections").expect(403);
              return of(token, "admin", "room");
            }),
        new Kind(
            "key where a token is needed",
            40306,
            "credential.kind",
            "A token is required",
            app -> {
              app.rest().post("/v1/tickets", null).expect(403);
              return "";
            }),
        new Kind(
            "another client's name",
            40012,
            "client.identity",
            "",
            app -> {
              rest(Credential.bearer(app.token("ada", EVERYTHING)))
                  .post("/v1/channels/room/messages", json("{'data':1,'clientId':'bob'}"))
                  .expect(400);
              return "";
            }));
  }

  private List<Kind> log() {
    return List.of(
        new Kind(
            "log that a token may not read",
            40303,
            "credential.kind",
            "admin is for keys only",
            app -> {
              String token = app.token("ada", EVERYTHING);
              refused(() -> SseClient.open(target, Credential.bearer(token), "[meta]log"));
              return of(token, "subscribe", "[meta]log");
            }),
        new Kind(
            "log that a key without admin may not read",
            40301,
            "key.capabilities",
            "grants admin",
            app -> {
              String key = app.control().key(app.id(), json(EVERYTHING));
              refused(() -> SseClient.open(target, Credential.key(key), "[meta]log"));
              return of(key, "subscribe", "[meta]log");
            }),
        new Kind(
            "log that nobody may write",
            40301,
            "credential.kind",
            "the log is read only",
            app -> {
              once(app, Rest.encode("[meta]log")).expect(403);
              return of(app.key(), "publish", "[meta]log");
            }));
  }

  private List<Kind> namespaces() {
    return List.of(
        new Kind(
            "tokens may not publish",
            40305,
            "namespace.clientPublish",
            "namespace news has clientPublish false",
            app -> {
              app.namespace("news", "{'pattern':'news:*','clientPublish':false}");
              String token = app.token("ada", EVERYTHING);
              publish(token, "news:1").expect(403);
              return of(token, "publish", "news:1");
            }),
        new Kind(
            "nobody without a name may subscribe",
            40302,
            "namespace.requireClientId",
            "namespace club has requireClientId true",
            app -> {
              app.namespace("club", "{'pattern':'club:*','requireClientId':true}");
              String token = anonymous(app);
              refused(() -> SseClient.open(target, Credential.bearer(token), "club:1"));
              return of(token, "subscribe", "club:1");
            }),
        new Kind(
            "nobody without a name may publish",
            40302,
            "namespace.requireClientId",
            "namespace club has requireClientId true",
            app -> {
              app.namespace("club", "{'pattern':'club:*','requireClientId':true}");
              String token = anonymous(app);
              publish(token, "club:1").expect(403);
              return of(token, "publish", "club:1");
            }),
        new Kind(
            "no presence",
            40308,
            "namespace.presence",
            "namespace hall has presence.mode off",
            app -> {
              app.namespace("hall", "{'pattern':'hall:*','presence':{'mode':'off'}}");
              String token = app.token("ada", EVERYTHING);
              frame(
                  app, token, "{'type':'presence','id':'p1','channel':'hall:1','action':'enter'}");
              return of(token, "presence", "hall:1");
            }),
        new Kind(
            "members have names",
            40302,
            "client.identity",
            "members are named",
            app -> {
              String token = anonymous(app);
              frame(app, token, "{'type':'presence','id':'p1','channel':'room','action':'enter'}");
              return of(token, "presence", "room");
            }),
        new Kind(
            "message too large for the namespace",
            41301,
            "namespace.maxMessageBytes",
            "namespace terse has maxMessageBytes 10",
            app -> {
              app.namespace("terse", "{'pattern':'terse:*','maxMessageBytes':10}");
              app.rest()
                  .post("/v1/channels/terse:1/messages", json("{'data':'a text of some length'}"))
                  .expect(413);
              return withBytes(app.key(), "terse:1", 30);
            }),
        new Kind(
            "no room for one member more",
            42908,
            "namespace.maxMembers",
            "namespace pair has presence.maxMembers 1",
            app -> {
              app.namespace("pair", "{'pattern':'pair:*','presence':{'maxMembers':1}}");
              String enter = "{'type':'presence','id':'p1','channel':'pair:1','action':'enter'}";
              try (WebSocketClient ada = open(app.token("ada", EVERYTHING))) {
                ada.send(json(enter));
                ada.frames().await("reply");
                frame(app, app.token("bob", EVERYTHING), enter);
              }
              return "";
            }));
  }

  private List<Kind> limits() {
    return List.of(
        new Kind(
            "publishing too fast",
            42910,
            "limit",
            "publishesPerSecond",
            app -> {
              app.limits("{'publishesPerSecond':0}");
              assertThat(once(app, "room").code()).isEqualTo(42910);
              return of(app.key(), "publish", "room");
            }),
        new Kind(
            "message too large for the tenant",
            41301,
            "limit",
            "maxMessageBytes",
            app -> {
              app.limits("{'maxMessageBytes':10}");
              app.rest()
                  .post("/v1/channels/room/messages", json("{'data':'a text of some length'}"))
                  .expect(413);
              return withBytes(app.key(), "room", 30);
            }),
        new Kind(
            "too many messages at once",
            41302,
            "limit",
            "maxBatchMessages",
            app -> {
              app.limits("{'maxBatchMessages':1}");
              app.rest()
                  .post("/v1/channels/room/messages", json("[{'data':1},{'data':2}]"))
                  .expect(413);
              return "";
            }),
        new Kind(
            "too many channels",
            42903,
            "limit",
            "channels",
            app -> {
              app.limits("{'channels':0}");
              assertThat(once(app, "room").code()).isEqualTo(42903);
              return of(app.key(), "publish", "room");
            }),
        new Kind(
            "too many connections",
            42901,
            "limit",
            "connections",
            app -> {
              app.limits("{'connections':0}");
              refused(() -> SseClient.open(target, Credential.key(app.key()), "room"));
              return of(app.key(), "subscribe", "room");
            }),
        new Kind(
            "connecting too fast",
            42902,
            "limit",
            "connectionsPerSecond",
            app -> {
              app.limits("{'connectionsPerSecond':0}");
              refused(() -> SseClient.open(target, Credential.key(app.key()), "room"));
              return "";
            }),
        new Kind(
            "too many subscriptions",
            42904,
            "limit",
            "subscriptionsPerConnection",
            app -> {
              app.limits("{'subscriptionsPerConnection':1}");
              refused(() -> SseClient.open(target, Credential.key(app.key()), "room", "hall"));
              return "";
            }),
        new Kind(
            "too many requests",
            42900,
            "limit",
            "requestsPerSecondPerKey",
            app -> {
              app.limits("{'requestsPerSecondPerKey':0}");
              assertThat(app.rest().get("/v1/channels/room/messages").code()).isEqualTo(42900);
              return "";
            }));
  }

  private List<Kind> others() {
    return List.of(
        new Kind(
            "body that is not JSON",
            40001,
            "request",
            "Invalid JSON",
            app -> {
              app.rest().post("/v1/channels/room/messages", "{\"data\":").expect(400);
              return "";
            }),
        new Kind(
            "name that no channel has",
            40010,
            "request",
            "Invalid channel name",
            app -> {
              app.rest().post("/v1/channels/%3Aroom/messages", MESSAGE).expect(400);
              return "";
            }),
        new Kind(
            "frame of a type that there is not",
            40053,
            "request",
            "Unknown frame type",
            app -> {
              try (WebSocketClient client = open(app.token("ada", EVERYTHING))) {
                client.sendAnything("{\"type\":\"fly\",\"id\":\"f1\"}");
                client.frames().await("error");
              }
              return "";
            }),
        new Kind(
            "channel that is subscribed already",
            40904,
            "state",
            "Already subscribed",
            app -> {
              try (WebSocketClient client = open(app.token("ada", EVERYTHING))) {
                client.subscribe("room");
                client.frames().await("subscribed");
                client.send(json("{'type':'subscribe','id':'s2','channel':'room'}"));
                client.frames().await("error");
              }
              return "";
            }),
        new Kind(
            "member that is not there",
            40907,
            "state",
            "Not entered",
            app -> {
              String token = app.token("ada", EVERYTHING);
              frame(app, token, "{'type':'presence','id':'p1','channel':'room','action':'update'}");
              return "";
            }),
        new Kind(
            "right that is lost",
            40301,
            "key.capabilities",
            "grants subscribe",
            app -> {
              String token = app.token("ada", EVERYTHING);
              try (WebSocketClient client = open(token)) {
                client.subscribe("room");
                client.frames().await("subscribed");
                app.control().narrowKey(app.id(), app.keyId(), json("{'*':['publish']}"));
                client.frames().await("unsubscribed");
              }
              return of(token, "subscribe", "room");
            }),
        new Kind(
            "connection that the app ends",
            40307,
            "connection",
            "Disconnected by the app",
            app -> {
              try (WebSocketClient client = open(app.token("ada", EVERYTHING))) {
                app.rest().delete("/v1/connections/" + client.connectionId()).expect(204);
                assertThat(client.closeCode()).isEqualTo(4010);
              }
              return "";
            }));
  }

  // ---- how it is asked

  private Rest rest(Credential credential) {
    return new Rest(target, credential);
  }

  private Answer publish(String token, String channel) {
    return rest(Credential.bearer(token))
        .send("POST", "/v1/channels/" + Rest.encode(channel) + "/messages", MESSAGE);
  }

  /** A publish with the app's key, not tried again. */
  private static Answer once(TestApp app, String channel) {
    return app.rest().send("POST", "/v1/channels/" + channel + "/messages", MESSAGE);
  }

  private WebSocketClient open(String token) {
    WebSocketClient client = WebSocketClient.open(target, Credential.bearer(token));
    client.frames().await("connected");
    return client;
  }

  private void frame(TestApp app, String token, String frame) {
    try (WebSocketClient client = open(token)) {
      client.send(json(frame));
      client.frames().await("error");
    }
  }

  private String refusedToken(TestApp app, String claims) {
    String token = Forged.of(app.keyName(), secret(app), claims);
    publish(token, "room").expect(401);
    return of(token, "publish", "room");
  }

  private static void refused(Runnable open) {
    assertThatThrownBy(open::run).isInstanceOf(RefusedByGateway.class);
  }

  private void from(String origin, TestApp app) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri("/v1/channels/room/messages")).header("Origin", origin);
    Credential.key(app.key()).addTo(request);
    assertThat(Rest.http().send(request.build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  private static String secret(TestApp app) {
    return app.key().substring(app.key().indexOf(':') + 1);
  }

  private static String anonymous(TestApp app) {
    String body = json("{'capabilities':" + EVERYTHING + ",'ttlSeconds':600}");
    return app.rest().post("/v1/tokens", body).expect(201).json().path("token").asText();
  }

  /** Of a token whose times are so many seconds from now. */
  private static String claims(String audience, long issued, long expires, String operations) {
    long now = System.currentTimeMillis() / 1000;
    return json(
        "{'aud':'%s','sub':'ada','jti':'t1','iat':%d,'exp':%d,'cap':{'*':[%s]}}"
            .formatted(audience, now + issued, now + expires, operations));
  }

  // ---- what is told

  private static String of(String credential, String operation, String channel) {
    return "{\"credential\":%s,\"operation\":%s,\"channel\":%s}"
        .formatted(quote(credential), quote(operation), quote(channel));
  }

  private static String withBytes(String credential, String channel, int bytes) {
    return "{\"credential\":%s,\"operation\":\"publish\",\"channel\":%s,\"messageBytes\":%d}"
        .formatted(quote(credential), quote(channel), bytes);
  }

  private static JsonNode explain(TestApp app, String question) {
    String path = "/v1/apps/" + app.id() + "/explain";
    return app.control().rest().post(path, question).expect(200).json();
  }

  private static JsonNode refusing(JsonNode told) {
    return told.path("steps")
        .valueStream()
        .filter(step -> step.path("verdict").asText().equals("refuses"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode kept(TestApp app, int code) {
    SharedGateway.bean(Refusals.class).flush();
    String path = "/v1/apps/" + app.id() + "/refusals?code=" + code;
    return app.control().rest().get(path).expect(200).json().path("items").path(0);
  }
}
