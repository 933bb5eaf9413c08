package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {
  private static Gate gate(Duration pause) {
    Pace pace = Pace.STANDARD;
    return new Gate(
        "test",
        new Pace(
            pace.lease(),
            pace.renew(),
            pace.poll(),
            pace.idle(),
            pace.rounds(),
            2,
            3,
            pause,
            pace.backoff()));
  }

  private static void come(Gate gate, boolean... good) {
    for (boolean one : good) {
      assertThat(gate.permits()).isTrue();
      gate.came(one);
    }
  }

  @Test
  void itHasSoManyPlaces() {
    Gate gate = gate(Duration.ofHours(1));

    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isFalse();
    assertThat(gate.free()).isZero();
    gate.leave();
    assertThat(gate.free()).isEqualTo(1);
    assertThat(gate.enter()).isTrue();
  }

  @Test
  void onlyFailuresInARowShutIt() {
    Gate gate = gate(Duration.ofHours(1));

    come(gate, false, false, true, false, false, true, false, false);
    assertThat(gate.isShut()).isFalse();
    assertThat(gate.inARow()).isEqualTo(2);

    come(gate, false);
    assertThat(gate.isShut()).isTrue();
    assertThat(gate.permits()).isFalse();
  }

  @Test
  void afterThePauseOneTriesAndTheOthersFollowWhenItIsTaken() {
    Gate gate = gate(Duration.ofMillis(20));
    come(gate, false, false, false);

    await().atMost(Duration.ofMinutes(1)).until(gate::permits);
    assertThat(gate.permits()).as("a second one meanwhile").isFalse();
    assertThat(gate.isShut()).isTrue();
    gate.came(true);

    assertThat(gate.isShut()).isFalse();
    come(gate, true, true);
  }

  @Test
  void aTryThatIsNotMadeIsAnothers() {
    Gate gate = gate(Duration.ofMillis(20));
    come(gate, false, false, false);

    await().atMost(Duration.ofMinutes(1)).until(gate::permits);
    gate.forgo();

    assertThat(gate.permits()).isTrue();
  }
}
