package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.control.ControlClient.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
  private static final String BODY = "{'name':'a','capabilities':{'*':['publish']}}";

  private final ControlClient operator = ControlClient.operator();
  private final String app = operator.newApp(operator.newTenant());
  private final String keys = "/v1/apps/" + app + "/keys";
  private final String id = UUID.randomUUID().toString();

  @Test
  void theSameRequestAgainHasTheSameAnswerAndMakesNothing() {
    Reply first = once(BODY).expect(201);
    Reply second = once(BODY).expect(201);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.etag()).isEqualTo(first.etag());
    assertThat(operator.get(keys).list("items")).hasSize(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    once(BODY).expect(201);

    once(BODY.replace("'a'", "'b'")).refused(40902);
  }

  @Test
  void keysBelongToTheCallerAndTheRoute() {
    String tenant = operator.newTenant();
    ControlClient admin = operator.member(tenant, "admin");
    String apps = "/v1/tenants/" + tenant + "/apps";

    String first = operator.post(apps, "{'name':'a'}", "Idempotency-Key", id).text("id");
    String second = admin.post(apps, "{'name':'b'}", "Idempotency-Key", id).expect(201).text("id");
    once(BODY).expect(201);

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aRefusedRequestMayBeTriedAgainWithItsKey() {
    once("{'name':'a'}").refused(40003);

    once(BODY).expect(201);
  }

  @Test
  void requestsAtTheSameTimeMakeOneThing() throws Exception {
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Reply> request = () -> once(BODY);
      for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(8, request))) {
        replies.add(reply.get());
      }
    }

    assertThat(operator.get(keys).list("items")).hasSize(1);
    String answer = once(BODY).expect(201).body();
    for (Reply reply : replies) {
      if (reply.status() == 201) {
        assertThat(reply.body()).isEqualTo(answer);
      } else {
        reply.refused(40905);
        assertThat(reply.response().headers().firstValue("Retry-After")).contains("1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb"})
  void anUnreadableKeyIsRefused(String key) {
    operator
        .post(keys, BODY, "Idempotency-Key", key.isEmpty() ? "x".repeat(256) : key)
        .refused(40004);
  }

  private Reply once(String body) {
    return operator.post(keys, body, "Idempotency-Key", id);
  }
}
