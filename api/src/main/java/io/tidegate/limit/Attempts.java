package io.tidegate.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Credentials that were refused, per address: so many a minute, then each next one doubles a delay
 * in which nobody from there is asked who they are (ASVS 5.0, V6.3.1). The same for every plane and
 * protocol; what is connected stays so. Counts by itself, and with the other nodes as far as they
 * are heard ({@link Guesses}): the longer delay holds.
 */
public final class Attempts {
  /** An address that is forgotten begins anew; so many are known at a time. */
  private static final int MAX_ADDRESSES = 100_000;

  /** 2^10 s, about 17 min, is the longest delay. */
  private static final int MAX_DOUBLINGS = 10;

  private final int perMinute;
  private final Refused refused;
  private final LongSupplier nanos;
  private final Guesses guesses;
  private final Cache<String, Failures> addresses =
      Caffeine.newBuilder()
          .maximumSize(MAX_ADDRESSES)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  /** Until when addresses have to wait by the count of all nodes, by their name between nodes. */
  private final Cache<String, Long> waiting =
      Caffeine.newBuilder()
          .maximumSize(MAX_ADDRESSES)
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /**
   * @param perMinute 0 for any number
   * @param nanos as {@link System#nanoTime}
   */
  public Attempts(int perMinute, Refused refused, LongSupplier nanos) {
    this(perMinute, refused, nanos, Guesses.NONE);
  }

  public Attempts(int perMinute, Refused refused, LongSupplier nanos, Guesses guesses) {
    this.perMinute = perMinute;
    this.refused = refused;
    this.nanos = nanos;
    this.guesses = guesses;
    guesses.listen(
        (name, delay) -> waiting.asMap().merge(name, nanos.getAsLong() + delay, Attempts::later));
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /**
   * Checks a credential.
   *
   * @throws RefusedException AUTH_ATTEMPTS_EXCEEDED without checking while the address has to wait;
   *     else what the check throws
   */
  public <T> T check(String address, Supplier<T> credential) {
    requireAllowed(address);
    return count(address, credential);
  }

  /** The same for who is known already and shows a fresh credential: never made to wait. */
  public <T> T count(String address, Supplier<T> credential) {
    try {
      return credential.get();
    } catch (RefusedException failure) {
      if (isGuess(failure.refusal())) {
        failed(address);
      }
      throw failure;
    }
  }

  private void requireAllowed(String address) {
    if (perMinute == 0) {
      return;
    }
    String counted = Addresses.counted(address);
    long left = Math.max(leftHere(counted), leftByAll(counted));
    if (left > 0) {
      refused.count(Refused.FAILED_AUTHENTICATIONS);
      throw RefusedException.retryAfter(
          Refusal.AUTH_ATTEMPTS_EXCEEDED,
          "an address may fail to authenticate " + perMinute + " times a minute",
          TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
  }

  private long leftHere(String counted) {
    Failures known = addresses.getIfPresent(counted);
    return known == null ? 0 : known.left(nanos.getAsLong());
  }

  private long leftByAll(String counted) {
    // Empty almost always, and a name may be a hash.
    Long until = waiting.asMap().isEmpty() ? null : waiting.getIfPresent(guesses.name(counted));
    return until == null ? 0 : until - nanos.getAsLong();
  }

  private void failed(String address) {
    if (perMinute == 0) {
      return;
    }
    String counted = Addresses.counted(address);
    guesses.failed(counted, perMinute);
    addresses
        .get(counted, unknown -> new Failures(perMinute, MAX_DOUBLINGS))
        .count(nanos.getAsLong());
  }

  /** What someone who guesses gets; not what befalls those who once had the right secret. */
  private static boolean isGuess(Refusal refusal) {
    return refusal == Refusal.CREDENTIAL_INVALID
        || refusal == Refusal.TOKEN_INVALID
        || refusal == Refusal.TICKET_INVALID;
  }
}
