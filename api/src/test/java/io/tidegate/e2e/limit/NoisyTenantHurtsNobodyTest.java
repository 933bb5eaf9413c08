package io.tidegate.e2e.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One tenant far above its limit is refused; another one, meanwhile, nothing. */
@WireTest
final class NoisyTenantHurtsNobodyTest {
  private static final int NOISY_THREADS = 4;
  private static final int QUIET_MESSAGES = 100;
  private static final int OFFERED = 400;

  @Test
  void onlyTheNoisyOneIsRefused() {
    TestApp noisy = app("{'publishesPerSecond':20,'connections':10}");
    TestApp quiet = app("{'publishesPerSecond':100000,'connections':10}");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger admitted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(NOISY_THREADS);
        WebSocketClient client =
            WebSocketClient.open(quiet.target(), Credential.key(quiet.key()))) {
      for (int i = 0; i < NOISY_THREADS; i++) {
        threads.execute(
            () -> {
              // At least 20 times what it may, however slow the machine is.
              while (!over.get() || refused.get() < OFFERED) {
                int status =
                    noisy.rest().post("/v1/channels/room/messages", "{\"data\":1}").status();
                (status == 201 ? admitted : refused).incrementAndGet();
              }
            });
      }
      client.subscribe("room");
      client.frames().await("subscribed");
      for (int i = 0; i < QUIET_MESSAGES; i++) {
        quiet.publisher().numbers("room", 1);
      }
      client.frames().awaitSeq("room", QUIET_MESSAGES);
      over.set(true);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;

    assertThat(admitted.get()).isLessThanOrEqualTo((int) (20 * seconds) + 20);
    assertThat(refused.get()).isPositive();
    assertThat(noisy.channel("room").path("seq").asInt()).isEqualTo(admitted.get());
  }

  private static TestApp app(String limits) {
    return TestApp.create(SharedGateway.target(), "Neighbour").limits(limits);
  }
}
