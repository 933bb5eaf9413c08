package io.tidegate.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.limit.Addresses;
import io.tidegate.limit.Failures;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How often one may be wrong, by address and by whom it is tried for: so many a minute, then each
 * next failure doubles a delay (OWASP ASVS 5.0, V6.3.1). An attempt counts before it is looked at,
 * so that a hundred at once are no better than one by one. Each node counts by itself.
 */
public final class SignInThrottle {
  /** Of each kind; whoever is forgotten begins anew. */
  private static final int MAX_KNOWN = 100_000;

  /** 2^9 s, about 9 min, is the longest delay: whoever is tried for is not locked out for long. */
  private static final int MAX_DOUBLINGS = 9;

  private final int perMinute;
  private final LongSupplier nanos;
  private final Cache<String, Failures> addresses = known();
  private final Cache<String, Failures> people = known();

  /**
   * @param perMinute 0 for any number
   * @param nanos as {@link System#nanoTime}
   */
  public SignInThrottle(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.nanos = nanos;
  }

  private static Cache<String, Failures> known() {
    return Caffeine.newBuilder()
        .maximumSize(MAX_KNOWN)
        .expireAfterAccess(Duration.ofHours(1))
        .build();
  }

  /**
   * Looks at what was shown, unless there has to be waited.
   *
   * @param person whom it is tried for, the same for every spelling; null for nobody known
   * @throws RefusedException SIGN_IN_THROTTLED without looking; else what the look throws
   */
  <T> T attempt(String address, @Nullable String person, Supplier<T> look) {
    if (perMinute == 0) {
      return look.get();
    }
    List<Failures> counted = new ArrayList<>();
    counted.add(addresses.get(Addresses.counted(address), this::begin));
    if (person != null) {
      counted.add(people.get(person, this::begin));
    }
    counted.forEach(this::require);
    counted.forEach(one -> one.count(nanos.getAsLong()));
    try {
      T result = look.get();
      counted.forEach(Failures::takeBack);
      if (person != null) {
        people.invalidate(person);
      }
      return result;
    } catch (RefusedException refused) {
      if (!isGuess(refused)) {
        counted.forEach(Failures::takeBack);
      }
      throw refused;
    } catch (RuntimeException fault) {
      counted.forEach(Failures::takeBack);
      throw fault;
    }
  }

  private Failures begin(String unknown) {
    return new Failures(perMinute, MAX_DOUBLINGS);
  }

  private void require(Failures failures) {
    long left = failures.left(nanos.getAsLong());
    if (left > 0) {
      throw RefusedException.retryAfter(
          Refusal.SIGN_IN_THROTTLED,
          "There were too many failed sign-ins. Wait before the next.",
          TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
  }

  /** A right password without a code is no guess; a wrong code is. */
  private static boolean isGuess(RefusedException refused) {
    return refused.refusal() == Refusal.SIGN_IN_REFUSED || refused instanceof WrongCodeException;
  }
}
