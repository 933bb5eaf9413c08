package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.contract.Route;
import io.tidegate.control.ControlClient.Reply;
import io.tidegate.tenant.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RolesTest {
  private final ControlClient operator = ControlClient.operator();

  /** The role table is the contract's: each route, asked for absent things as every role. */
  @TestFactory
  Stream<DynamicTest> everyRouteAdmitsItsRoleAndStrongerOnesOnly() {
    String tenant = operator.newTenant();
    Map<Role, ControlClient> clients = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      clients.put(
          role, role == Role.OPERATOR ? operator : operator.member(tenant, role.wireName()));
    }
    return routes()
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> clients.forEach((role, client) -> check(route, role, client))));
  }

  private static void check(Route route, Role role, ControlClient client) {
    Role least = Role.ofWireName(String.valueOf(route.role()));
    Reply reply = client.send(route.method(), absent(route.path()), body(route));
    if (role.covers(least)) {
      assertThat(reply.status()).as("%s as %s", route.path(), role).isNotIn(401, 403, 405, 500);
    } else {
      reply.refused(40300);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRouteNeedsACredential() {
    return routes()
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () ->
                        ControlClient.with("")
                            .send(route.method(), absent(route.path()), route.exampleRequest())
                            .refused(40100)));
  }

  @Test
  void aCredentialThatIsNotGoodOpensNothing() {
    for (String token :
        List.of(
            "tgo_wrong",
            "tgo_test-0123456789-abcdefghijklmnopqrstuvwxyZ",
            "tgc_wrong",
            "tgc_" + "x".repeat(47))) {
      ControlClient.with(token).get("/v1/me").refused(40101);
    }
  }

  @Test
  void aPrincipalLearnsWhoItIs() {
    String tenant = operator.newTenant();
    assertThat(operator.get("/v1/me").expect(200).text("role")).isEqualTo("operator");

    Reply me = operator.member(tenant, "developer").get("/v1/me").expect(200);

    assertThat(me.text("kind")).isEqualTo("controlToken");
    assertThat(me.text("role")).isEqualTo("developer");
    assertThat(me.text("tenantId")).isEqualTo(tenant);
  }

  @Test
  void nobodyMakesOrEndsATokenStrongerThanTheirOwn() {
    String tenant = operator.newTenant();
    String tokens = "/v1/tenants/" + tenant + "/control-tokens";
    ControlClient admin = operator.member(tenant, "admin");
    String owner = operator.post(tokens, "{'name':'o','role':'owner'}").text("id");

    admin.post(tokens, "{'name':'x','role':'owner'}").refused(40300);
    admin.post(tokens, "{'name':'x','role':'operator'}").refused(40003);
    admin.delete(tokens + "/" + owner).refused(40300);
    admin.post(tokens, "{'name':'x','role':'admin'}").expect(201);
    assertThat(admin.get(tokens).list("items")).hasSize(3);
  }

  @Test
  void aDeletedOrExpiredControlTokenIsRefusedAtOnce() {
    String tenant = operator.newTenant();
    String tokens = "/v1/tenants/" + tenant + "/control-tokens";
    Reply created = operator.post(tokens, "{'name':'x','role':'viewer'}").expect(201);
    ControlClient viewer = ControlClient.with(created.text("token"));
    viewer.get("/v1/me").expect(200);

    operator.delete(tokens + "/" + created.text("id")).expect(204);

    viewer.get("/v1/me").refused(40101);
    Reply expired =
        operator.post(tokens, "{'name':'x','role':'viewer','expiresAt':'2020-01-01T00:00:00Z'}");
    ControlClient.with(expired.text("token")).get("/v1/me").refused(40101);
  }

  @Test
  void aControlTokensTextIsShownOnceOnly() {
    String tenant = operator.newTenant();
    String tokens = "/v1/tenants/" + tenant + "/control-tokens";
    String token = operator.post(tokens, "{'name':'x','role':'viewer'}").text("token");

    assertThat(operator.get(tokens).body()).doesNotContain(token);
  }

  /** The contract's example of a change of a tenant is one that only operators may make. */
  static @Nullable String body(Route route) {
    return route.operationId().equals("updateTenant") ? "{'name':'a'}" : route.exampleRequest();
  }

  static Stream<Route> routes() {
    return ControlClient.CONTRACT.routes().stream().filter(route -> route.role() != null);
  }

  /** The path with ids that nothing has. */
  static String absent(String path) {
    return path.replace("{tenantId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{appId}", "1")
        .replace("{keyId}", "k1")
        .replace("{webhookId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{hookId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{deliveryId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{name}", "chat")
        .replace("{tokenId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{memberId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{operatorId}", "0197f3c2-0000-7000-8000-000000000000")
        .replace("{sessionId}", "0197f3c2-0000-7000-8000-000000000000");
  }
}
