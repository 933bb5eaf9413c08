package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.control.ControlClient.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is another tenant's is not there: from the contract, every route that names something. */
class ForeignTenantTest {
  private final ControlClient operator = ControlClient.operator();

  @TestFactory
  Stream<DynamicTest> anotherTenantsThingIsAnsweredLikeAnAbsentOne() {
    ForeignThings things = ForeignThings.of(operator);
    ControlClient owner = operator.member(operator.newTenant(), "owner");
    return RolesTest.routes()
        .filter(route -> !route.pathParameters().isEmpty())
        .filter(route -> !"operator".equals(route.role()))
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      String path = things.in(route.path());
                      Reply foreign = owner.send(route.method(), path, RolesTest.body(route));
                      Reply absent =
                          owner.send(
                              route.method(),
                              RolesTest.absent(route.path()),
                              RolesTest.body(route));
                      foreign.refused(40400);
                      assertThat(foreign.anonymous()).isEqualTo(absent.anonymous());
                      assertThat(foreign.response().headers().map().keySet())
                          .isEqualTo(absent.response().headers().map().keySet());
                      String deleted = "?cascade=true";
                      if (route.method().equals("DELETE")) {
                        owner.delete(path + deleted).refused(40400);
                      }
                    }));
  }

  @Test
  void anIdOfAnotherShapeIsAnsweredLikeAnAbsentOne() {
    String absent = operator.get(RolesTest.absent("/v1/tenants/{tenantId}")).anonymous();

    for (String path :
        new String[] {
          "/v1/tenants/x",
          "/v1/tenants/0197F3C2-0000-7000-8000-000000000000",
          "/v1/apps/0",
          "/v1/apps/9999999999999999999",
          "/v1/apps/1/keys/K1",
          "/v1/apps/%27/namespaces/a%00b"
        }) {
      assertThat(operator.get(path).refused(40400).anonymous()).isEqualTo(absent);
    }
  }

  @Test
  void aTenantSeesItsOwnThingsOnly() {
    String tenant = operator.newTenant();
    operator.newApp(operator.newTenant());
    ControlClient viewer = operator.member(tenant, "viewer");

    assertThat(viewer.get("/v1/tenants/" + tenant + "/apps").expect(200).list("items")).isEmpty();
    assertThat(viewer.get("/v1/tenants/" + tenant).expect(200).text("id")).isEqualTo(tenant);
  }
}
