package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.contract.Route;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Whether a thing is another tenant's or nobody's, the database is asked the same number of
 * questions: what takes time cannot tell the two apart. {@code Bench timing} measures how long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EqualWorkTest {
  /**
   * What else the gateway may do at the moment only adds to a count: the least is the request's.
   */
  private static final int TIMES = 5;

  private final ControlClient operator = ControlClient.operator();
  private final Statements statements = new Statements();

  @AfterAll
  void stop() {
    statements.close();
  }

  @TestFactory
  Stream<DynamicTest> foreignIdsTakeAsManyStatementsAsAbsentOnes() {
    ForeignThings foreign = ForeignThings.of(operator);
    ControlClient owner = operator.member(operator.newTenant(), "owner");
    return RolesTest.routes()
        .filter(route -> !route.pathParameters().isEmpty())
        .filter(route -> !"operator".equals(route.role()))
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      int foreignWork = least(owner, route, foreign.in(route.path()));
                      int absentWork = least(owner, route, RolesTest.absent(route.path()));
                      assertThat(foreignWork).isEqualTo(absentWork);
                    }));
  }

  @Test
  void tokensOfOthersInTheOwnTenantTakeAsManyToo() {
    String tenant = operator.newTenant();
    ControlClient owner = operator.member(tenant, "owner");
    String tokens = "/v1/tenants/" + tenant + "/control-tokens/";
    ForeignThings foreign = ForeignThings.of(operator);
    int foreignWork = least(() -> owner.delete(tokens + foreign.token()).refused(40400));
    int absentWork =
        least(() -> owner.delete(tokens + "0197f3c2-0000-7000-8000-000000000000").refused(40400));
    assertThat(foreignWork).isEqualTo(absentWork);
  }

  @Test
  void statementsAreSeen() {
    String tenant = operator.newTenant();
    int read = statements.during(() -> operator.get("/v1/tenants/" + tenant).expect(200));
    int listed = statements.during(() -> operator.get("/v1/tenants/" + tenant + "/apps"));
    assertThat(List.of(read, listed)).allMatch(count -> count > 0);
  }

  private int least(ControlClient owner, Route route, String path) {
    return least(() -> owner.send(route.method(), path, RolesTest.body(route)).refused(40400));
  }

  private int least(Runnable request) {
    return IntStream.range(0, TIMES).map(i -> statements.during(request)).min().orElseThrow();
  }
}
