package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.control.ControlClient.Reply;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
  private static final String CREATE =
      "{'name':'orders','url':'https://hooks.example/x','events':['message.published']}";

  private final ControlClient operator = ControlClient.operator();
  private final String tenant = operator.newTenant();
  private final String app = operator.newApp(tenant);
  private final String webhooks = "/v1/apps/" + app + "/webhooks";

  private String create() {
    String id = operator.post(webhooks, CREATE).expect(201).text("id");
    hold(id);
    return webhooks + "/" + id;
  }

  /** As another node that never sends would: what comes of each delivery is for the test to say. */
  private static void hold(String webhook) {
    TestServer server = TestPostgres.server();
    try (Connection connection =
            DriverManager.getConnection(
                server.url(ControlClient.gateway().database()), server.user(), server.password());
        Statement sql = connection.createStatement()) {
      sql.execute(
          "UPDATE webhook_leases SET owner = 'a test', until = 'infinity' WHERE webhook_id = '"
              + webhook
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void emit(int many) {
    for (int i = 1; i <= many; i++) {
      ControlClient.gateway()
          .bean(WebhookEvents.class)
          .emit(
              new AppId(app),
              EventType.MESSAGE_PUBLISHED,
              Subject.of(new ChannelName("room")),
              Map.of("n", i));
    }
  }

  private void settle(String delivery, boolean delivered) {
    DeliveryQueue queue = ControlClient.gateway().bean(DeliveryQueue.class);
    TenantId owner = new TenantId(UUID.fromString(tenant));
    List<UUID> one = List.of(UUID.fromString(delivery));
    byte[] answer = "try\u0007later".getBytes(StandardCharsets.UTF_8);
    if (delivered) {
      queue.delivered(owner, one, Attempt.answered(204, 3, new byte[0]));
    } else {
      queue.failed(owner, one, Attempt.answered(503, 41, answer), Duration.ofHours(1));
    }
  }

  @Test
  void aWebhookIsCreatedReadListedChangedAndDeleted() {
    Reply created = operator.post(webhooks, CREATE).expect(201);
    String path = webhooks + "/" + created.text("id");

    assertThat(created.text("pattern")).isEqualTo("*");
    assertThat(created.get("batch.maxEvents")).isEqualTo(1L);
    assertThat(created.get("enabled")).isEqualTo(true);
    assertThat(operator.get(path).expect(200).text("url")).isEqualTo("https://hooks.example/x");
    assertThat(operator.get(webhooks).expect(200).list("items")).hasSize(1);

    Reply changed =
        operator
            .patch(
                path,
                "{'events':['member.added','channel.occupied'],'batch':{'maxEvents':20},'enabled':false}")
            .expect(200);
    assertThat(changed.list("events"))
        .map(String::valueOf)
        .containsExactly("channel.occupied", "member.added");
    assertThat(changed.text("name")).isEqualTo("orders");
    assertThat(changed.get("enabled")).isEqualTo(false);
    operator.patch(path, "{'name':'x'}", "If-Match", created.etag()).refused(41200);

    operator.delete(path).expect(204);
    operator.get(path).refused(40400);
    assertThat(operator.get(webhooks).list("items")).isEmpty();
  }

  @Test
  void aSecretIsShownOnceAndReplacedWithTwoGoodMeanwhile() {
    Reply created = operator.post(webhooks, CREATE).expect(201);
    String path = webhooks + "/" + created.text("id");
    assertThat(created.text("secret")).matches("tgw_[A-Za-z0-9_-]{47}");

    Reply rotated = operator.post(path + "/rotate-secret", "{}").expect(200);

    assertThat(rotated.text("secret")).startsWith("tgw_").isNotEqualTo(created.text("secret"));
    assertThat(rotated.text("previousSecretExpiresAt")).isNotEqualTo("null");
    String shown =
        operator.get(path).body()
            + operator.get(webhooks).body()
            + operator.get("/v1/tenants/" + tenant + "/audit-events").body();
    assertThat(shown)
        .contains("webhook.created", "webhook.secretRotated")
        .doesNotContain(created.text("secret"))
        .doesNotContain(rotated.text("secret"));

    operator.post(path + "/rotate-secret", "{'overlapSeconds':0}").expect(200);
    assertThat(operator.get(path).text("previousSecretExpiresAt")).isEqualTo("null");
  }

  @Test
  void aSecretIsReplacedOnceForOneIdempotencyKey() {
    String path = create();
    String[] once = {"Idempotency-Key", "rotate-1"};

    String first = operator.post(path + "/rotate-secret", "{}", once).text("secret");

    assertThat(operator.post(path + "/rotate-secret", "{}", once).text("secret")).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'a','url':'https://a.example'}",
        "{'name':'a','url':'https://a.example','events':[]}",
        "{'name':'a','url':'https://a.example','events':['message.sent']}",
        "{'name':'a','url':'https://a.example','events':['message.published','message.published']}",
        "{'name':'a','url':7,'events':['message.published']}",
        "{'name':'a','url':'https://a.example','events':['message.published'],'batch':{'maxEvents':0}}",
        "{'name':'a','url':'https://a.example','events':['message.published'],'batch':{'maxEvents':101}}"
      })
  void anInvalidWebhookIsRefused(String body) {
    operator.post(webhooks, body).refused(40003);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "/x",
        "ftp://a.example",
        "https://",
        "https:///x",
        "https://ada:secret@a.example",
        "https://a.example/#x",
        "https://a.example:99999",
        "https://a b.example",
        "https://a.example:22",
        "http://a.example",
        "http://127.0.0.1/",
        "https://127.0.0.1:8443/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00:ec2::254]/"
      })
  void whatIsNoTargetIsRefused(String url) {
    operator
        .post(webhooks, "{'name':'a','url':'" + url + "','events':['message.published']}")
        .refused(40054);
    String path = create();
    operator.patch(path, "{'url':'" + url + "'}").refused(40054);
    assertThat(operator.get(path).text("url")).isEqualTo("https://hooks.example/x");
  }

  @Test
  void whoIsRefusedATargetIsToldWhatStandsBetween() {
    assertThat(
            operator
                .post(
                    webhooks,
                    "{'name':'a','url':'https://10.1.2.3/','events':['message.published']}")
                .refused(40054)
                .body())
        .contains("address-private: the host has an address in a network that webhooks may not");
  }

  @Test
  void anAppHasABoundedNumberOfWebhooks() {
    for (int i = 0; i < 50; i++) {
      operator.post(webhooks, CREATE).expect(201);
    }
    operator.post(webhooks, CREATE).refused(40900);
  }

  @Test
  void developersReadAndAdminsChange() {
    String path = create();
    emit(1);
    ControlClient developer = operator.member(tenant, "developer");

    String delivery = developer.get(path + "/deliveries").expect(200).text("items.0.id");
    developer.get(path + "/deliveries/" + delivery).expect(200);
    developer.post(path + "/rotate-secret", "{}").refused(40300);
    developer.post(path + "/deliveries/replay", "{}").refused(40300);
    operator.member(tenant, "viewer").get(path).refused(40300);
  }

  @Test
  void deliveriesAreListedByStateTheNewestFirst() {
    String path = create();
    emit(5);
    List<String> all = new ArrayList<>();
    String next = "?limit=2";
    while (!next.isEmpty()) {
      Reply page = operator.get(path + "/deliveries" + next).expect(200);
      for (int i = 0; i < page.list("items").size(); i++) {
        all.add(page.text("items." + i + ".id"));
      }
      next = page.text("next").equals("null") ? "" : "?limit=2&cursor=" + page.text("next");
    }
    assertThat(all).hasSize(5).doesNotHaveDuplicates();
    settle(all.get(1), true);

    assertThat(operator.get(path + "/deliveries?state=pending").list("items")).hasSize(4);
    assertThat(operator.get(path + "/deliveries?state=delivered").text("items.0.id"))
        .isEqualTo(all.get(1));
    assertThat(operator.get(path + "/deliveries?state=dead").list("items")).isEmpty();
    operator.get(path + "/deliveries?state=lost").refused(40003);
    assertThat(operator.get(path + "/deliveries/" + all.get(0)).get("data.n")).isEqualTo(5L);
  }

  @Test
  void everyAttemptIsShown() {
    String path = create();
    emit(1);
    String delivery = operator.get(path + "/deliveries").text("items.0.id");
    settle(delivery, false);
    settle(delivery, true);

    Reply shown = operator.get(path + "/deliveries/" + delivery).expect(200);

    assertThat(shown.text("state")).isEqualTo("delivered");
    assertThat(shown.get("attempts")).isEqualTo(2L);
    assertThat(shown.text("nextAttemptAt")).isEqualTo("null");
    assertThat(shown.get("attemptLog.0.status")).isEqualTo(204L);
    assertThat(shown.get("attemptLog.1.status")).isEqualTo(503L);
    assertThat(shown.get("attemptLog.1.latencyMs")).isEqualTo(41L);
    assertThat(shown.text("attemptLog.1.answer")).isEqualTo("try\u0007later");
    assertThat(shown.text("attemptLog.1.error")).isEqualTo("null");
  }

  @Test
  void whatIsOverIsSentAgainAndWhatWaitsIsNot() {
    String path = create();
    emit(2);
    String first = operator.get(path + "/deliveries").text("items.1.id");
    operator.send("POST", path + "/deliveries/" + first + "/replay", null).refused(40908);
    settle(first, true);

    Reply again =
        operator.send("POST", path + "/deliveries/" + first + "/replay", null).expect(200);

    assertThat(again.text("state")).isEqualTo("pending");
    assertThat(operator.get(path + "/deliveries").text("items.0.id"))
        .as("behind what waits")
        .isEqualTo(first);
  }

  @Test
  void aRangeIsSentAgainInItsOrder() {
    String path = create();
    emit(4);
    List<String> ids = new ArrayList<>();
    for (int i = 3; i >= 0; i--) {
      ids.add(operator.get(path + "/deliveries").text("items." + i + ".id"));
    }
    ids.subList(0, 3).forEach(id -> settle(id, true));

    assertThat(operator.post(path + "/deliveries/replay", "{}").expect(200).get("replayed"))
        .as("none is dead")
        .isEqualTo(0L);
    assertThat(
            operator
                .post(
                    path + "/deliveries/replay",
                    "{'state':'delivered','to':'2020-01-01T00:00:00Z'}")
                .get("replayed"))
        .isEqualTo(0L);
    Reply replayed =
        operator.post(
            path + "/deliveries/replay", "{'state':'delivered','from':'2020-01-01T00:00:00Z'}");
    assertThat(replayed.get("replayed")).isEqualTo(3L);
    assertThat(replayed.get("more")).isEqualTo(false);

    Reply listed = operator.get(path + "/deliveries?state=pending");
    List<String> order = new ArrayList<>();
    for (int i = 3; i >= 0; i--) {
      order.add(listed.text("items." + i + ".id"));
    }
    assertThat(order).containsExactly(ids.get(3), ids.get(0), ids.get(1), ids.get(2));
    operator.post(path + "/deliveries/replay", "{'state':'pending'}").refused(40003);
  }

  @Test
  void anAppWithWebhooksIsNotEmpty() {
    create();
    operator.delete("/v1/apps/" + app).refused(40903);
    operator.delete("/v1/apps/" + app + "?cascade=true").expect(204);
  }
}
