package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.control.ControlClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantsAndAppsTest {
  private final ControlClient operator = ControlClient.operator();

  @Test
  void aTenantHasTheLimitsItWasGivenAndDefaultsElse() {
    Reply created =
        operator
            .post(
                "/v1/tenants",
                "{'name':'Acme','limits':{'connections':10,'maxBatchMessages':null}}")
            .expect(201);

    assertThat(created.get("limits.connections")).isEqualTo(10L);
    assertThat(created.get("limits.maxMessageBytes")).isEqualTo(65536L);
    assertThat(created.text("limits.maxBatchMessages")).isEqualTo("null");
    assertThat(created.text("limits.publishesPerSecond")).isEqualTo("null");
    Reply read = operator.get("/v1/tenants/" + created.text("id")).expect(200);
    assertThat(read.body()).isEqualTo(created.body());
    assertThat(read.etag()).isEqualTo(created.etag());
  }

  @Test
  void onlyWhatIsGivenChanges() {
    String tenant =
        operator
            .post("/v1/tenants", "{'name':'Acme','limits':{'connections':10,'channels':5}}")
            .text("id");

    Reply changed =
        operator
            .patch("/v1/tenants/" + tenant, "{'limits':{'channels':null,'storedBytes':7}}")
            .expect(200);

    assertThat(changed.text("name")).isEqualTo("Acme");
    assertThat(changed.get("limits.connections")).isEqualTo(10L);
    assertThat(changed.text("limits.channels")).isEqualTo("null");
    assertThat(changed.get("limits.storedBytes")).isEqualTo(7L);
  }

  @Test
  void limitsAreChangedByOperatorsOnly() {
    String tenant = operator.newTenant();
    ControlClient owner = operator.member(tenant, "owner");

    owner.patch("/v1/tenants/" + tenant, "{'limits':{'connections':null}}").refused(40300);
    assertThat(owner.patch("/v1/tenants/" + tenant, "{'name':'New'}").expect(200).text("name"))
        .isEqualTo("New");
  }

  @Test
  void aChangeMeantForAnotherVersionIsRefused() {
    String path = "/v1/tenants/" + operator.newTenant();
    String first = operator.get(path).etag();
    String second = operator.patch(path, "{'name':'B'}", "If-Match", first).expect(200).etag();

    operator.patch(path, "{'name':'C'}", "If-Match", first).refused(41200);
    operator.patch(path, "{'name':'C'}", "If-Match", "W/" + second).refused(41200);
    operator.patch(path, "{'name':'C'}", "If-Match", "\"other\"").refused(41200);
    operator.patch(path, "{'name':'C'}", "If-Match", "nonsense").refused(40004);
    operator.delete(path, "If-Match", first).refused(41200);
    operator.patch(path, "{'name':'C'}", "If-Match", first + ", " + second).expect(200);
    operator.delete(path, "If-Match", "*").expect(204);
  }

  @Test
  void appsComeInPagesInOrderOfCreation() {
    String tenant = operator.newTenant();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(operator.newApp(tenant));
    }

    List<String> seen = new ArrayList<>();
    String list = "/v1/tenants/" + tenant + "/apps?limit=2";
    for (String path = list; path != null; ) {
      Reply page = operator.get(path).expect(200);
      page.list("items").forEach(item -> seen.add(String.valueOf(((Map<?, ?>) item).get("id"))));
      String next = page.text("next");
      String link = page.response().headers().firstValue("Link").orElse("none");
      path = next.equals("null") ? null : list + "&cursor=" + next;
      assertThat(link.contains("rel=\"next\"")).isEqualTo(path != null);
    }

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void aCursorFitsNoOtherList() {
    String tenant = operator.newTenant();
    operator.newApp(tenant);
    operator.newApp(tenant);
    String cursor = operator.get("/v1/tenants/" + tenant + "/apps?limit=1").text("next");

    String other = "/v1/tenants/" + operator.newTenant() + "/apps?cursor=";
    operator.get(other + cursor).refused(40052);
    operator.get(other + "x" + cursor.substring(1)).refused(40052);
    operator.get(other + "%00").refused(40052);
  }

  @Test
  void whatHoldsSomethingIsDeletedOnlyWithIt() {
    String tenant = operator.newTenant();
    String app = operator.newApp(tenant);
    operator.put("/v1/apps/" + app + "/namespaces/chat", "{'pattern':'chat:*'}").expect(201);

    operator.delete("/v1/tenants/" + tenant).refused(40903);
    operator.delete("/v1/apps/" + app).refused(40903);
    operator.delete("/v1/apps/" + app + "?cascade=yes").refused(40003);
    operator.delete("/v1/apps/" + app + "/namespaces/chat").expect(204);
    operator.delete("/v1/apps/" + app).expect(204);
    operator.get("/v1/apps/" + app).refused(40400);
    String second = operator.newApp(tenant);
    operator.delete("/v1/tenants/" + tenant + "?cascade=true").expect(204);

    operator.get("/v1/tenants/" + tenant).refused(40400);
    operator.get("/v1/apps/" + second).refused(40400);
    operator.get("/v1/tenants/" + tenant + "/apps").refused(40400);
    operator.delete("/v1/tenants/" + tenant).refused(40400);
  }

  @Test
  void aDeletedTenantsControlTokensOpenNothing() {
    String tenant = operator.newTenant();
    ControlClient owner = operator.member(tenant, "owner");
    owner.get("/v1/me").expect(200);

    owner.delete("/v1/tenants/" + tenant).expect(204);

    owner.get("/v1/me").refused(40101);
  }

  @Test
  void originsOfAnAppAreChangedWithinItsSettings() {
    String app = "/v1/apps/" + operator.newApp(operator.newTenant());
    assertThat(operator.get(app).list("settings.allowedOrigins")).isEmpty();

    operator.patch(app, "{'settings':{'allowedOrigins':['https://a.example']}}").expect(200);
    Reply renamed = operator.patch(app, "{'name':'staging'}").expect(200);

    assertThat(renamed.text("settings.allowedOrigins.0")).isEqualTo("https://a.example");
    assertThat(renamed.etag()).isEqualTo("\"3\"");
  }
}
