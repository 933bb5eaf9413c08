package io.tidegate.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignInThrottleTest {
  private final AtomicLong nanos = new AtomicLong(1);
  private final AtomicInteger looks = new AtomicInteger();
  private final SignInThrottle throttle = new SignInThrottle(5, nanos::get);

  @Test
  void fiveWrongOnesThenADelayThatDoublesHoweverRightTheNext() {
    for (int i = 0; i < 5; i++) {
      wrong("192.0.2.1", "ada");
    }
    assertThat(looks).hasValue(5);

    RefusedException throttled = refused("192.0.2.1", "ada");
    assertThat(throttled.refusal()).isEqualTo(Refusal.SIGN_IN_THROTTLED);
    assertThat(throttled.retryAfterMillis()).isBetween(900L, 1_001L);
    assertThat(looks).hasValue(5);

    later(1_001);
    wrong("192.0.2.1", "ada");
    assertThat(refused("192.0.2.1", "ada").retryAfterMillis()).isBetween(1_900L, 2_001L);
  }

  @Test
  void onePersonIsNotTriedFromManyAddresses() {
    for (int i = 0; i < 5; i++) {
      wrong("192.0.2." + i, "ada");
    }
    assertThat(refused("192.0.2.99", "ada").refusal()).isEqualTo(Refusal.SIGN_IN_THROTTLED);
    right("192.0.2.99", "grace");
  }

  @Test
  void oneAddressDoesNotTryManyPeople() {
    for (int i = 0; i < 5; i++) {
      wrong("192.0.2.1", "person " + i);
    }
    assertThat(refused("192.0.2.1", "ada").refusal()).isEqualTo(Refusal.SIGN_IN_THROTTLED);
    right("192.0.2.2", "ada");
  }

  @Test
  void aHundredAtOnceAreNoBetterThanOneByOne() {
    SignInThrottle busy = new SignInThrottle(5, nanos::get);
    nested(busy, 0);
    assertThat(looks.get()).isLessThanOrEqualTo(5);
  }

  /** Each attempt begins while those before it are still looked at. */
  private void nested(SignInThrottle busy, int depth) {
    if (depth == 100) {
      return;
    }
    try {
      busy.attempt(
          "192.0.2.1",
          "ada",
          () -> {
            looks.incrementAndGet();
            nested(busy, depth + 1);
            throw SignIn.refusal();
          });
    } catch (RefusedException expected) {
      assertThat(expected.refusal()).isIn(Refusal.SIGN_IN_REFUSED, Refusal.SIGN_IN_THROTTLED);
    }
  }

  @Test
  void whoSignsInIsForgivenAndAMissingCodeIsNoGuess() {
    for (int i = 0; i < 20; i++) {
      right("192.0.2.1", "ada");
      assertThatThrownBy(
              () ->
                  throttle.attempt(
                      "192.0.2.1",
                      "ada",
                      () -> {
                        throw new RefusedException(Refusal.SECOND_FACTOR_NEEDED, "a code");
                      }))
          .isInstanceOf(RefusedException.class);
    }
    right("192.0.2.1", "ada");
  }

  @Test
  void aWrongCodeIsAGuess() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  throttle.attempt(
                      "192.0.2.1",
                      "ada",
                      () -> {
                        throw new WrongCodeException();
                      }))
          .isInstanceOf(WrongCodeException.class);
    }
    assertThat(refused("192.0.2.1", "ada").refusal()).isEqualTo(Refusal.SIGN_IN_THROTTLED);
  }

  @Test
  void theLongestDelayEndsWithinTenMinutes() {
    for (int i = 0; i < 30; i++) {
      wrong("192.0.2.1", "ada");
      later(refused("192.0.2.1", "ada", true));
    }
    assertThat(refused("192.0.2.1", "ada", true)).isLessThan(TimeUnit.MINUTES.toMillis(10));
  }

  @Test
  void zeroLiftsTheLimit() {
    SignInThrottle off = new SignInThrottle(0, nanos::get);
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> off.attempt("192.0.2.1", "ada", SignInThrottleTest::refuse))
          .extracting(e -> ((RefusedException) e).refusal())
          .isEqualTo(Refusal.SIGN_IN_REFUSED);
    }
  }

  private static Object refuse() {
    throw SignIn.refusal();
  }

  private void wrong(String address, @Nullable String person) {
    RefusedException refused = refused(address, person);
    assertThat(refused.refusal()).isEqualTo(Refusal.SIGN_IN_REFUSED);
  }

  private RefusedException refused(String address, @Nullable String person) {
    return catchThrowableOfType(
        RefusedException.class,
        () ->
            throttle.attempt(
                address,
                person,
                () -> {
                  looks.incrementAndGet();
                  return refuse();
                }));
  }

  /** How long there is still to wait, 0 for not at all. */
  private long refused(String address, String person, boolean onlyAsk) {
    RefusedException refused = refused(address, person);
    Long wait = onlyAsk ? refused.retryAfterMillis() : null;
    return wait == null ? 0 : wait;
  }

  private void right(String address, String person) {
    assertThat(throttle.attempt(address, person, () -> "in")).isEqualTo("in");
  }

  private void later(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
