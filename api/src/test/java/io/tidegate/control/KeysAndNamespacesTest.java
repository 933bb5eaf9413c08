package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.control.ControlClient.Reply;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Directory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysAndNamespacesTest {
  private static final String CAPABILITIES = "'capabilities':{'chat:*':['publish','subscribe']}";

  private final ControlClient operator = ControlClient.operator();
  private final String app = operator.newApp(operator.newTenant());
  private final String keys = "/v1/apps/" + app + "/keys";
  private final String namespaces = "/v1/apps/" + app + "/namespaces";

  @Test
  void aKeysSecretIsShownOnceAndKeptSealed() {
    Reply created = operator.post(keys, "{'name':'backend'," + CAPABILITIES + "}").expect(201);

    assertThat(created.text("keyName")).isEqualTo(app + ".k1");
    assertThat(created.text("key")).matches(app + "\\.k1:[A-Za-z0-9_-]{47}");
    String secret = created.text("key").substring(created.text("key").indexOf(':') + 1);
    for (String path : new String[] {keys, keys + "/k1"}) {
      assertThat(operator.get(path).expect(200).body()).doesNotContain(secret);
    }
  }

  @Test
  void keysAreCountedAndNeverNamedTwice() {
    for (int i = 1; i <= 3; i++) {
      Reply created = operator.post(keys, "{'name':'a'," + CAPABILITIES + "}");
      assertThat(created.text("id")).isEqualTo("k" + i);
      operator.delete(keys + "/k" + i).expect(204);
    }
    assertThat(operator.get(keys).list("items")).hasSize(3);
  }

  @Test
  void aKeyIsNarrowedAndItsExpirySetAndLifted() {
    String key = keys + "/" + operator.post(keys, "{'name':'a'," + CAPABILITIES + "}").text("id");

    Reply narrowed =
        operator
            .patch(
                key,
                "{'capabilities':{'chat:a':['publish']},'expiresAt':'2027-01-01T01:00:00+01:00'}")
            .expect(200);
    assertThat(narrowed.text("capabilities.chat:a.0")).isEqualTo("publish");
    assertThat(narrowed.text("expiresAt")).isEqualTo("2027-01-01T00:00:00.000Z");
    assertThat(narrowed.text("name")).isEqualTo("a");

    assertThat(operator.patch(key, "{'name':'b'}").text("expiresAt")).startsWith("2027");
    assertThat(operator.patch(key, "{'expiresAt':null}").text("expiresAt")).isEqualTo("null");
  }

  @Test
  void aRevokedKeyStaysListedAndCannotBeChanged() {
    String key = keys + "/" + operator.post(keys, "{'name':'a'," + CAPABILITIES + "}").text("id");

    operator.delete(key).expect(204);
    String revokedAt = operator.get(key).expect(200).text("revokedAt");
    operator.delete(key).expect(204);

    assertThat(revokedAt).isNotEqualTo("null");
    assertThat(operator.get(key).text("revokedAt")).isEqualTo(revokedAt);
    operator.patch(key, "{'name':'b'}").refused(40900);
    operator.delete("/v1/apps/" + app).expect(204);
  }

  @Test
  void aNamespaceIsTheWholeSetOfRulesItWasGiven() {
    operator
        .put(
            namespaces + "/chat",
            """
            {'pattern':'chat:*','durability':'durable','window':{'messages':5},'retentionDays':7,
             'rewind':{'seconds':0},'maxMessageBytes':100,'public':true,'clientPublish':false,
             'presence':{'mode':'off'},'conflate':'latest','requireClientId':true}
            """)
        .expect(201);

    Reply replaced = operator.put(namespaces + "/chat", "{'pattern':'chat:*'}").expect(200);

    assertThat(replaced.text("durability")).isEqualTo("window");
    assertThat(replaced.get("window.messages")).isEqualTo(1000L);
    assertThat(replaced.get("public")).isEqualTo(false);
    assertThat(replaced.text("presence.mode")).isEqualTo("members");
    assertThat(replaced.etag()).isEqualTo("\"2\"");
    assertThat(replaced.body()).isEqualTo(operator.get(namespaces + "/chat").body());
  }

  @Test
  void aChangeOfDurabilitySaysWhenItTakesEffect() {
    operator.put(namespaces + "/chat", "{'pattern':'chat:*'}").expect(201);
    Reply changed =
        operator.put(namespaces + "/chat", "{'pattern':'chat:*','durability':'durable'}");

    assertThat(changed.text("effectiveAt")).isNotEqualTo("null");
    AppRules rules = ControlClient.gateway().bean(Directory.class).rules(new AppId(app));
    ChannelName room = new ChannelName("chat:a");
    assertThat(rules.of(room).durability().wireName()).isEqualTo("durable");
    assertThat(rules.ofLive(room, System.nanoTime()).durability().wireName()).isEqualTo("window");
  }

  @Test
  void namespacesAreListedByName() {
    for (String name : new String[] {"b", "a", "C", "c-2"}) {
      operator.put(namespaces + "/" + name, "{'pattern':'" + name + ":*'}").expect(201);
    }

    Reply first = operator.get(namespaces + "?limit=3").expect(200);
    Reply second = operator.get(namespaces + "?limit=3&cursor=" + first.text("next")).expect(200);

    assertThat(first.text("items.0.name") + first.text("items.1.name") + first.text("items.2.name"))
        .isEqualTo("Cab");
    assertThat(second.text("items.0.name")).isEqualTo("c-2");
  }

  @Test
  void anIfMatchForANamespaceThatIsNotThereIsRefused() {
    operator.put(namespaces + "/x", "{'pattern':'x'}", "If-Match", "\"1\"").refused(41200);
    operator.get(namespaces + "/x").refused(40400);
    operator.delete(namespaces + "/x").refused(40400);
  }

  @Test
  void aNamespaceThatMustBeNewReplacesNothing() {
    String path = namespaces + "/fresh";
    operator.put(path, "{'pattern':'a'}", "If-None-Match", "*").expect(201);
    operator.put(path, "{'pattern':'b'}", "If-None-Match", "*").refused(41200);
    assertThat(operator.get(path).expect(200).text("pattern")).isEqualTo("a");
    operator.put(path, "{'pattern':'b'}", "If-None-Match", "\"1\"").refused(40004);
    operator.put(path, "{'pattern':'b'}", "If-None-Match", "*", "If-Match", "\"1\"").refused(40004);
  }

  @Test
  void everyChangeIsOnTheRecordWithoutSecrets() {
    String tenant = operator.newTenant();
    ControlClient admin = operator.member(tenant, "admin");
    String other = admin.newApp(tenant);
    String key =
        admin.post("/v1/apps/" + other + "/keys", "{'name':'a'," + CAPABILITIES + "}").text("key");
    admin.patch("/v1/apps/" + other + "/keys/k1", "{'name':'b'}").expect(200);
    admin.put("/v1/apps/" + other + "/namespaces/n", "{'pattern':'n'}").expect(201);
    admin
        .post("/v1/tenants/" + tenant + "/apps", "{'name':'x'}", "X-Request-Id", "the-request-1")
        .expect(201);

    Reply events = admin.get("/v1/tenants/" + tenant + "/audit-events").expect(200);

    assertThat(
            events.list("items").stream()
                .map(event -> String.valueOf(((Map<?, ?>) event).get("action"))))
        .containsExactly(
            "app.created",
            "namespace.created",
            "key.updated",
            "key.created",
            "app.created",
            "controlToken.created",
            "tenant.created");
    assertThat(events.text("items.0.requestId")).isEqualTo("the-request-1");
    assertThat(events.text("items.0.actor.kind")).isEqualTo("controlToken");
    assertThat(events.text("items.6.actor.kind")).isEqualTo("operator");
    assertThat(events.text("items.2.before.name")).isEqualTo("a");
    assertThat(events.text("items.2.after.name")).isEqualTo("b");
    assertThat(events.text("items.3.target.id")).isEqualTo(other + ".k1");
    assertThat(events.body())
        .doesNotContain(key.substring(key.indexOf(':') + 1))
        .doesNotContain("tgc_");
  }
}
