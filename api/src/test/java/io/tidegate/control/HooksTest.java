package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.control.ControlClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {
  private static final String PUBLISH =
      "{'name':'moderation','kind':'before-publish','url':'https://hooks.example/x'}";
  private static final String CONNECT =
      "{'name':'door','kind':'connect','url':'https://hooks.example/c'}";

  private final ControlClient operator = ControlClient.operator();
  private final String tenant = operator.newTenant();
  private final String hooks = "/v1/apps/" + operator.newApp(tenant) + "/hooks";

  @Test
  void aHookIsCreatedReadListedChangedAndDeleted() {
    Reply created = operator.post(hooks, PUBLISH).expect(201);
    String path = hooks + "/" + created.text("id");

    assertThat(created.text("onFailure")).isEqualTo("refuse");
    assertThat(created.get("timeoutMs")).isEqualTo(1_000L);
    assertThat(created.text("pattern")).isEqualTo("*");
    assertThat(created.get("enabled")).isEqualTo(true);
    assertThat(operator.get(path).expect(200).text("url")).isEqualTo("https://hooks.example/x");
    assertThat(operator.get(hooks).expect(200).list("items")).hasSize(1);

    Reply changed =
        operator
            .patch(path, "{'pattern':'chat:*','onFailure':'allow','timeoutMs':200,'enabled':false}")
            .expect(200);
    assertThat(changed.text("pattern")).isEqualTo("chat:*");
    assertThat(changed.text("onFailure")).isEqualTo("allow");
    assertThat(changed.get("timeoutMs")).isEqualTo(200L);
    assertThat(changed.get("enabled")).isEqualTo(false);
    assertThat(changed.text("name")).isEqualTo("moderation");
    operator.patch(path, "{'name':'x'}", "If-Match", created.etag()).refused(41200);
    assertThat(operator.get(path + "/calls").expect(200).list("items")).isEmpty();

    operator.delete(path).expect(204);
    operator.get(path).refused(40400);
    operator.get(path + "/calls").refused(40400);
  }

  @Test
  void aSecretIsShownOnceAndReplacedWithTwoGoodMeanwhile() {
    Reply created = operator.post(hooks, PUBLISH).expect(201);
    String path = hooks + "/" + created.text("id");
    assertThat(created.text("secret")).matches("tgh_[A-Za-z0-9_-]{47}");

    String[] once = {"Idempotency-Key", "rotate-1"};
    Reply rotated = operator.post(path + "/rotate-secret", "{}", once).expect(200);

    assertThat(rotated.text("secret")).startsWith("tgh_").isNotEqualTo(created.text("secret"));
    assertThat(rotated.text("previousSecretExpiresAt")).isNotEqualTo("null");
    assertThat(operator.post(path + "/rotate-secret", "{}", once).text("secret"))
        .isEqualTo(rotated.text("secret"));
    String shown =
        operator.get(path).body()
            + operator.get(hooks).body()
            + operator.get("/v1/tenants/" + tenant + "/audit-events").body();
    assertThat(shown)
        .contains("hook.created", "hook.secretRotated")
        .doesNotContain(created.text("secret"))
        .doesNotContain(rotated.text("secret"));

    operator.post(path + "/rotate-secret", "{'overlapSeconds':0}").expect(200);
    assertThat(operator.get(path).text("previousSecretExpiresAt")).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "https://127.0.0.1/",
        "https://169.254.169.254/",
        "https://[::ffff:10.0.0.1]/",
        "https://0177.0.0.1/",
        "https://2130706433/",
        "https://a:b@hooks.example/",
        "https://hooks.example/#x",
        "ftp://hooks.example/",
        "hooks.example"
      })
  void whereNothingIsCalledAHookIsNotPut(String url) {
    operator.post(hooks, PUBLISH.replace("https://hooks.example/x", url)).refused(40054);
    String path = hooks + "/" + operator.post(hooks, PUBLISH).text("id");
    operator.patch(path, "{'url':'" + url + "'}").refused(40054);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'timeoutMs':0",
        "'timeoutMs':1001",
        "'onFailure':'maybe'",
        "'cacheSeconds':10",
        "'enabled':'yes'"
      })
  void aFieldOutOfItsBoundsIsRefused(String field) {
    operator.post(hooks, PUBLISH.replace("}", "," + field + "}")).refused(40003);
  }

  @Test
  void whatIsForTheOtherKindIsRefused() {
    operator.post(hooks, CONNECT.replace("}", ",'pattern':'a'}")).refused(40003);
    operator.post(hooks, CONNECT.replace("}", ",'cacheSeconds':3601}")).refused(40003);
    Reply connect = operator.post(hooks, CONNECT.replace("}", ",'cacheSeconds':60}")).expect(201);
    assertThat(connect.get("cacheSeconds")).isEqualTo(60L);
    assertThat(connect.text("pattern")).isEqualTo("null");
    String path = hooks + "/" + connect.text("id");
    operator.patch(path, "{'pattern':'a'}").refused(40003);
    operator.patch(path, "{'kind':'before-publish'}").refused(40002);
    operator.post(hooks, PUBLISH.replace("before-publish", "after-publish")).refused(40003);
  }

  @Test
  void anAppHasOneConnectHookAndTwentyInAll() {
    operator.post(hooks, CONNECT).expect(201);
    operator.post(hooks, CONNECT).refused(40900);
    for (int i = 1; i < 20; i++) {
      operator.post(hooks, PUBLISH).expect(201);
    }
    operator.post(hooks, PUBLISH).refused(40900);
  }

  @Test
  void anotherTenantsHookIsAbsent() {
    String path = hooks + "/" + operator.post(hooks, PUBLISH).text("id");
    ControlClient stranger = operator.member(operator.newTenant(), "owner");

    stranger.get(path).refused(40400);
    stranger.get(hooks).refused(40400);
    stranger.patch(path, "{'name':'x'}").refused(40400);
    stranger.post(path + "/rotate-secret", "{}").refused(40400);
    stranger.delete(path).refused(40400);
    operator.get(path).expect(200);
  }
}
