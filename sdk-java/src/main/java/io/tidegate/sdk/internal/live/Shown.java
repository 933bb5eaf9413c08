package io.tidegate.sdk.internal.live;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The credential that a connection shows: asked for, found stale, renewed before it ends. Answers
 * to questions that nobody asks any more do not count. Pure, as the machine it is a part of.
 */
final class Shown {
  /** A token is renewed this long before its end, or at half of a shorter life. */
  static final long RENEW_EARLY_MS = 60_000;

  /** A token with less than that left is not worth another call of the provider. */
  private static final long RENEW_AT_LEAST_MS = 1_000;

  private final Backoff renewals;
  private int asks;

  /** The one shown last was found stale: the next one is to be another. */
  private boolean stale;

  /** Whether the last question is for an open connection. */
  private boolean renewing;

  /** What is shown in this attempt; null before it has come. */
  private Input.@Nullable Credential credential;

  Shown(RandomGenerator random) {
    renewals = new Backoff(random);
  }

  Input.@Nullable Credential credential() {
    return credential;
  }

  boolean isStale() {
    return stale;
  }

  void stale() {
    stale = true;
  }

  /** Whether an answer is to the last question. */
  boolean isAwaited(int ask) {
    return ask == asks;
  }

  boolean isRenewing() {
    return renewing;
  }

  /** Asks for one, for an attempt. */
  Effect.Fetch ask() {
    renewing = false;
    String refused = stale && credential != null ? credential.authorization() : null;
    credential = null;
    return new Effect.Fetch(++asks, refused);
  }

  /** Asks for another one, while this one is still good. */
  Effect.Fetch renew() {
    renewing = true;
    return new Effect.Fetch(++asks, credential == null ? null : credential.authorization());
  }

  /** It has come. */
  void take(Input.Credential given) {
    renewing = false;
    credential = given;
  }

  /** The gateway took it. */
  void accepted() {
    stale = false;
    renewals.reset();
  }

  /** Milliseconds until it is to be renewed; null when it is not. */
  @Nullable Long renewInMs() {
    Long life = credential == null ? null : credential.lifeMs();
    return life == null || life <= RENEW_AT_LEAST_MS
        ? null
        : Math.max(life / 2, life - RENEW_EARLY_MS);
  }

  /** None has come. */
  void missed() {
    renewing = false;
  }

  /** Milliseconds until another one is asked for, as there was none or it was refused. */
  long retryRenewalInMs() {
    return renewals.nextMs();
  }

  /** Nobody waits for an answer any more. */
  void forget() {
    asks++;
    renewing = false;
  }

  /** Refused for good: whoever begins anew begins as at first. */
  void begin() {
    stale = false;
  }
}
