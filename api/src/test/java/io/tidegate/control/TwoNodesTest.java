package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.account.store.JdbcLinks;
import io.tidegate.json.StrictJson;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one node ends, or takes, the other knows within 5 s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private RedisProcess redis;
  private TestGateway one;
  private TestGateway other;

  @BeforeAll
  void start() {
    redis = RedisProcess.start();
    Map<String, String> both = Map.of("TIDEGATE_REDIS_URL", redis.url());
    one = TestGateway.start("two_nodes_of_people", both);
    other = TestGateway.over("two_nodes_of_people", both);
  }

  @AfterAll
  void stop() {
    other.close();
    one.close();
    redis.close();
  }

  private Person operator() {
    Person person = Person.at(one);
    String link = one.bean(JdbcLinks.class).make();
    person.post("/v1/session", "{'link':'" + link + "'}").expect(201);
    return person;
  }

  @Test
  void whoSignsOutHereIsOutThereSoon() {
    Person here = operator();
    Person there = here.elsewhere(other);
    there.get("/v1/tenants").expect(200);

    here.delete("/v1/session").expect(204);

    Awaitility.await().atMost(SOON).untilAsserted(() -> there.get("/v1/tenants").refused(40100));
  }

  @Test
  void aRoleThatIsTakenHereIsGoneThereSoon() {
    Person here = operator();
    String tenant = here.post("/v1/tenants", "{'name':'Acme'}").expect(201).text("id");
    String invited =
        here.post(
                "/v1/tenants/" + tenant + "/members",
                "{'email':'" + Person.newEmail() + "','role':'admin'}")
            .expect(201)
            .body();
    Map<String, ?> member = StrictJson.parseObject(invited);
    Person admin = Person.at(other);
    admin.accept(Person.secret(String.valueOf(member.get("invitationUrl")))).expect(201);
    admin.post("/v1/tenants/" + tenant + "/apps", "{'name':'a'}").expect(201);

    here.patch("/v1/tenants/" + tenant + "/members/" + member.get("id"), "{'role':'viewer'}")
        .expect(200);

    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () -> admin.post("/v1/tenants/" + tenant + "/apps", "{'name':'b'}").refused(40300));
    admin.get("/v1/tenants/" + tenant).expect(200);
  }

  @Test
  void guessingIsSlowedAndTheRightPasswordWaitsToo() {
    try (TestGateway strict =
        TestGateway.start("throttled_people", Map.of("TIDEGATE_FAILED_AUTH_PER_MINUTE", "3"))) {
      Person first = Person.at(strict);
      String link = strict.bean(JdbcLinks.class).make();
      first.post("/v1/session", "{'link':'" + link + "'}").expect(201);
      String email = Person.newEmail();
      first.patch("/v1/session", "{'email':'" + email + "'}").expect(200);
      first.put("/v1/session/password", "{'password':'" + Person.PASSWORD + "'}").expect(204);
      Person guesser = Person.at(strict);
      int throttled = 0;
      for (int i = 0; i < 6; i++) {
        int status = guesser.signIn(email, "guess number " + i).status();
        throttled += status == 429 ? 1 : 0;
      }

      assertThat(throttled).isPositive();
      assertThat(guesser.signIn(email, Person.PASSWORD).refused(42909).text("retryAfterMs"))
          .isNotEqualTo("null");
      // Who is in stays in, and may work on.
      first.get("/v1/tenants").expect(200);
    }
  }
}
