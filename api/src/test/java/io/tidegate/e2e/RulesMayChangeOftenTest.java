package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;

/**
 * Whoever is told of a change reads the new rules on a thread of its own: never on the connection
 * of the transaction that made the change, which would be left read-only for all who come after.
 */
@WireTest
final class RulesMayChangeOftenTest {
  @Test
  void everyChangeInARowIsAccepted() {
    TestApp app = TestApp.create(SharedGateway.target(), "Changes");
    Rest operator = Rest.operator(app.target());
    String path = "/v1/apps/" + app.id() + "/namespaces/often";
    for (int i = 0; i < 100; i++) {
      String rules = json("{'pattern':'often:*','retentionDays':%d}", i + 1);

      assertThat(operator.put(path, rules).status()).isEqualTo(i == 0 ? 201 : 200);
    }
  }
}
