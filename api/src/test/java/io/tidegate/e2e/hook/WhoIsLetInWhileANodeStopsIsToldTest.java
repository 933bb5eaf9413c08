package io.tidegate.e2e.hook;

import static io.tidegate.e2e.hook.HookReceiver.ALLOW;
import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Entrance;
import io.tidegate.session.Sessions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A client's opening is being decided when its node begins to stop: it comes in behind those who
 * are told to move, and is told so, too.
 */
@WireTest
final class WhoIsLetInWhileANodeStopsIsToldTest {
  private static final long PAUSE_NANOS = 1_000_000;

  @Test
  void itsConnectionOpensAndIsToldToMove() throws Exception {
    TestGateway gateway =
        TestGateway.start("let_in_at_last", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
    Entrance entrance = gateway.bean(Sessions.class).entrance();
    CountDownLatch asked = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HookReceiver receiver =
            new HookReceiver(
                who -> {
                  asked.countDown();
                  awaitClosed(entrance);
                  return ALLOW;
                })) {
      TestApp app = TestApp.create(Door.of(gateway), "Late");
      String hook = json("{'name':'h','kind':'connect','url':") + quote(receiver.url()) + "}";
      app.control().rest().post("/v1/apps/" + app.id() + "/hooks", hook).expect(201);
      Credential token = Credential.bearer(app.token("ada", "{'*':['subscribe']}"));
      Future<WebSocketClient> opening =
          threads.submit(() -> WebSocketClient.open(app.target(), token));
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
      gateway.close();

      try (WebSocketClient client = opening.get(1, TimeUnit.MINUTES)) {
        assertThat(client.frames().await("reconnect").path("afterMs").isInt()).isTrue();
        assertThat(client.closeCode()).isEqualTo(4200);
      }
    }
  }

  private static void awaitClosed(Entrance entrance) {
    try {
      while (true) {
        entrance.requireOpen();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (RefusedException closed) {
      // The node has begun to stop.
    }
  }
}
