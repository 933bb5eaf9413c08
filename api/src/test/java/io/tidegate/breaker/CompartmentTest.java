package io.tidegate.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CompartmentTest {
  private static final int PLACES = 2;

  private final Compartment compartment = new Compartment("test", PLACES);

  @Test
  void whoFindsNoPlaceIsRefusedAndWhoLeavesMakesRoom() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> inside = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        inside.add(threads.submit(() -> compartment.call(() -> awaited(leave))));
      }
      Awaitility.await("all places are taken").until(() -> compartment.free() == 0);

      assertThatThrownBy(() -> compartment.call(() -> true))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal()).isEqualTo(Refusal.OVERLOADED);
                assertThat(e.retryAfterMillis()).isPositive();
              });
      assertThat(compartment.refusals()).isEqualTo(1);

      leave.countDown();
      for (Future<Boolean> one : inside) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(compartment.call(() -> "in")).isEqualTo("in");
    assertThat(compartment.free()).isEqualTo(PLACES);
  }

  @Test
  void workThatFailsLeavesItsPlace() {
    for (int i = 0; i < 3 * PLACES; i++) {
      assertThatThrownBy(
              () ->
                  compartment.call(
                      () -> {
                        throw new IllegalStateException("made up");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(compartment.free()).isEqualTo(PLACES);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
