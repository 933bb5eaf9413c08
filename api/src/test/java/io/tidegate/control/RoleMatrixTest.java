package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.contract.Route;
import io.tidegate.control.ControlClient.Reply;
import io.tidegate.tenant.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people may is the contract's role table, in the tenant that a route is about. */
class RoleMatrixTest {
  private final ControlClient token = ControlClient.operator();

  @TestFactory
  Stream<DynamicTest> everyRouteAdmitsPeopleOfItsRoleAndStrongerOnesOnly() {
    String tenant = token.newTenant();
    String app = token.newApp(tenant);
    Map<Role, Person> people = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      people.put(
          role, role == Role.OPERATOR ? Person.operator() : Person.member(tenant, role.wireName()));
    }
    return RolesTest.routes()
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () ->
                        people.forEach((role, person) -> check(route, role, person, tenant, app))));
  }

  private static void check(Route route, Role role, Person person, String tenant, String app) {
    Role least = Role.ofWireName(String.valueOf(route.role()));
    // Of the tenant itself nothing is to end here.
    boolean ends =
        route.operationId().equals("deleteTenant") || route.operationId().equals("deleteApp");
    if (ends && role.covers(least)) {
      return;
    }
    String path =
        RolesTest.absent(route.path().replace("{tenantId}", tenant).replace("{appId}", app));
    Reply reply = person.send(route.method(), path, RolesTest.body(route));
    if (role.covers(least)) {
      assertThat(reply.status())
          .as("%s as %s: %s", route.path(), role, reply.body())
          .isNotIn(401, 403, 405, 500);
    } else {
      reply.refused(40300);
    }
  }

  /** Whatever they are in their own tenant, another one is as absent as one that there is not. */
  @TestFactory
  Stream<DynamicTest> aMemberOfOneTenantSeesNothingOfAnother() {
    String foreign = token.newTenant();
    String foreignApp = token.newApp(foreign);
    Person owner = Person.member(token.newTenant(), "owner");
    return RolesTest.routes()
        .filter(route -> route.path().contains("{tenantId}") || route.path().contains("{appId}"))
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      String path =
                          route
                              .path()
                              .replace("{tenantId}", foreign)
                              .replace("{appId}", foreignApp);
                      String body = RolesTest.body(route);
                      Reply other = owner.send(route.method(), RolesTest.absent(path), body);
                      Reply none = owner.send(route.method(), RolesTest.absent(route.path()), body);

                      other.refused(40400);
                      none.refused(40400);
                      assertThat(other.anonymous()).isEqualTo(none.anonymous());
                    }));
  }

  @Test
  void aPersonHasTheRoleOfEachTenantInThatTenantOnly() {
    String one = token.newTenant();
    String other = token.newTenant();
    Person person = Person.member(one, "owner");
    String invitation = Person.invitation(other, person.email(), "viewer");
    person.post("/v1/invitations/accept", "{'invitation':'" + invitation + "'}").expect(201);

    person.patch("/v1/tenants/" + one, "{'name':'One'}").expect(200);
    person.get("/v1/tenants/" + other).expect(200);
    person.patch("/v1/tenants/" + other, "{'name':'Other'}").refused(40300);
    String app = token.newApp(other);
    person.get("/v1/apps/" + app).expect(200);
    person.patch("/v1/apps/" + app, "{'name':'x'}").refused(40300);
    person.get("/v1/tenants").refused(40300);
  }

  @Test
  void onlyOperatorsSeeTheInstallation() {
    Person owner = Person.member(token.newTenant(), "owner");
    for (String path : new String[] {"/v1/operators", "/v1/audit-events", "/v1/nodes"}) {
      owner.get(path).refused(40300);
    }
    // Not by the id under which its record is kept either.
    String nobodys = "/v1/tenants/00000000-0000-0000-0000-000000000000";
    owner.get(nobodys + "/audit-events").refused(40400);
    token.get(nobodys + "/audit-events").refused(40400);
  }

  @Test
  void whatPeopleDoInATenantIsOnItsRecordWithWhoDidIt() {
    String tenant = token.newTenant();
    Person owner = Person.member(tenant, "owner");
    String id = owner.get("/v1/session").text("account.id");
    owner.patch("/v1/tenants/" + tenant, "{'name':'Renamed'}").expect(200);

    Reply events = owner.get("/v1/tenants/" + tenant + "/audit-events").expect(200);

    assertThat(events.text("items.0.action")).isEqualTo("tenant.updated");
    assertThat(events.text("items.0.actor.kind")).isEqualTo("account");
    assertThat(events.text("items.0.actor.id")).isEqualTo(id);
    assertThat(events.body()).contains("member.joined").contains("member.invited");
  }

  @Test
  void anAppsTokenIsForWhoIsInItsTenantAndByTheirRole() {
    String tenant = token.newTenant();
    String app = token.newApp(tenant);
    String body = "{'appId':'" + app + "'}";
    Person viewer = Person.member(tenant, "viewer");
    Reply reads = viewer.post("/v1/session/app-token", body).expect(201);
    Reply all = Person.member(tenant, "admin").post("/v1/session/app-token", body).expect(201);

    assertThat(reads.body()).doesNotContain("publish").doesNotContain("admin");
    assertThat(all.body()).contains("publish").contains("admin");
    Person.operator().post("/v1/session/app-token", body).expect(201);
    Person stranger = Person.member(token.newTenant(), "owner");
    stranger.post("/v1/session/app-token", body).refused(40400);
    stranger.post("/v1/session/app-token", "{'appId':'1'}").refused(40400);
    ControlClient.with(reads.text("token")).get("/v1/channels").expect(200);
    ControlClient.with(reads.text("token"))
        .post("/v1/channels/a/messages", "{'data':1}")
        .refused(40301);
  }
}
