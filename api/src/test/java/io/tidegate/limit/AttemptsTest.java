package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final ManualNanos clock = new ManualNanos();
  private final Refused refused = new Refused();
  private final Attempts attempts = new Attempts(10, refused, clock);

  @Test
  void tenAMinuteThenADelayThatDoubles() {
    for (int i = 0; i < 10; i++) {
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      delays.add(waits("192.0.2.1"));
      clock.advanceMillis(delays.getLast());
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
    assertThat(delays)
        .extracting(millis -> (millis - 1) / 1000)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 1024L);
    assertThat(refused.of(Refused.FAILED_AUTHENTICATIONS)).isEqualTo(12);
  }

  @Test
  void nobodyIsAskedWhileTheAddressWaits() {
    for (int i = 0; i < 10; i++) {
      guess("192.0.2.1");
    }
    RefusedException answer =
        catchThrowableOfType(
            RefusedException.class, () -> attempts.check("192.0.2.1", () -> "who it is"));
    assertThat(answer.refusal()).isEqualTo(Refusal.AUTH_ATTEMPTS_EXCEEDED);
    assertThat(attempts.<String>check("192.0.2.2", () -> "who it is")).isEqualTo("who it is");
    assertThat(attempts.<String>count("192.0.2.1", () -> "known")).isEqualTo("known");
  }

  @Test
  void oneWhoStopsIsForgiven() {
    for (int i = 0; i < 10; i++) {
      guess("192.0.2.1");
    }
    clock.advanceMillis(70_000);
    for (int i = 0; i < 9; i++) {
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
  }

  @Test
  void delayStartsAnewOnlyAfterAMinuteWithoutFailures() {
    for (int i = 0; i < 10; i++) {
      guess("192.0.2.1");
    }
    // The first delay was 1 s: a failure within a minute after it doubles it, one later does not.
    clock.advanceMillis(61_000);
    guess("192.0.2.1");
    assertThat(waits("192.0.2.1")).isEqualTo(2_001);
    clock.advanceMillis(62_001);
    guess("192.0.2.1");
    assertThat(attempts.<String>check("192.0.2.1", () -> "not asked to wait"))
        .isEqualTo("not asked to wait");
  }

  @Test
  void failuresFadeAtTheRateAllowed() {
    for (int i = 0; i < 10; i++) {
      guess("192.0.2.1");
    }
    clock.advanceMillis(61_001);
    // 10 a minute: of the ten before nothing is left, so that nine more are let pass.
    for (int i = 0; i < 9; i++) {
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
    clock.advanceMillis(12_000);
    // Two of the nine have faded: two more are let pass, the one after them makes it wait.
    for (int i = 0; i < 3; i++) {
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
    assertThat(waits("192.0.2.1")).isEqualTo(1_001);
  }

  @Test
  void failuresFarApartAreNoGuessing() {
    for (int i = 0; i < 100; i++) {
      assertThat(guess("192.0.2.1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
      clock.advanceMillis(7_000);
    }
  }

  @Test
  void networkOfIpv6IsOneAddress() {
    for (int i = 0; i < 10; i++) {
      guess("2001:db8:0:1:0:0:0:" + i);
    }
    assertThat(guess("2001:db8:0:1:0:0:0:ffff")).isEqualTo(Refusal.AUTH_ATTEMPTS_EXCEEDED);
    assertThat(guess("2001:db8:0:2:0:0:0:1")).isEqualTo(Refusal.CREDENTIAL_INVALID);
  }

  @Test
  void whoHadTheRightSecretOnceDoesNotGuess() {
    for (int i = 0; i < 50; i++) {
      assertThat(fail("192.0.2.1", Refusal.TOKEN_EXPIRED)).isEqualTo(Refusal.TOKEN_EXPIRED);
    }
  }

  @Test
  void anyNumberWhereItIsSwitchedOff() {
    Attempts off = new Attempts(0, refused, clock);
    for (int i = 0; i < 50; i++) {
      RefusedException answer =
          catchThrowableOfType(
              RefusedException.class, () -> off.check("a", () -> no(Refusal.CREDENTIAL_INVALID)));
      assertThat(answer.refusal()).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
  }

  private long waits(String address) {
    RefusedException answer =
        catchThrowableOfType(RefusedException.class, () -> attempts.check(address, () -> "x"));
    assertThat(answer.refusal()).isEqualTo(Refusal.AUTH_ATTEMPTS_EXCEEDED);
    Long millis = answer.retryAfterMillis();
    return millis == null ? 0 : millis;
  }

  private Refusal guess(String address) {
    return fail(address, Refusal.CREDENTIAL_INVALID);
  }

  private Refusal fail(String address, Refusal with) {
    return catchThrowableOfType(
            RefusedException.class, () -> attempts.check(address, () -> no(with)))
        .refusal();
  }

  private static String no(Refusal refusal) {
    throw new RefusedException(refusal, "no");
  }
}
