package io.tidegate.log;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** The refusals of the log, in words. */
final class Refusals {
  private static final long QUEUE_RETRY_MILLIS = 500;
  private static final long STORE_RETRY_MILLIS = 1_000;
  private static final long DURABLE_RETRY_MILLIS = 10_000;

  private Refusals() {}

  static RefusedException queueFull() {
    return RefusedException.retryAfter(
        Refusal.PUBLISH_QUEUE_FULL, "too many messages wait to be stored", QUEUE_RETRY_MILLIS);
  }

  static RefusedException closed() {
    return new RefusedException(Refusal.DRAINING, "this node is going down; nothing was stored");
  }

  static RefusedException storeUnavailable(Throwable cause) {
    return RefusedException.because(
        Refusal.STORE_UNAVAILABLE,
        "the database does not answer; nothing was stored",
        STORE_RETRY_MILLIS,
        cause);
  }

  static RefusedException tooOld() {
    return RefusedException.retryAfter(
        Refusal.STORE_UNAVAILABLE,
        "the database does not keep up; nothing was stored",
        STORE_RETRY_MILLIS);
  }

  static RefusedException readUnavailable(Throwable cause) {
    return RefusedException.because(
        Refusal.STORE_UNAVAILABLE, "the database does not answer", STORE_RETRY_MILLIS, cause);
  }

  static RefusedException readTimeout(Throwable cause) {
    return RefusedException.because(
        Refusal.READ_TIMEOUT, "the read took longer than 2 s", STORE_RETRY_MILLIS, cause);
  }

  static RefusedException notDurable() {
    return RefusedException.retryAfter(
        Refusal.DURABLE_UNAVAILABLE,
        "the database is not set up to keep what it acknowledges",
        DURABLE_RETRY_MILLIS);
  }

  static RefusedException outcomeUnknown(Throwable cause) {
    return RefusedException.because(
        Refusal.OUTCOME_UNKNOWN,
        "it is not known whether the messages were stored; send them again with the same ids",
        STORE_RETRY_MILLIS,
        cause);
  }

  static RefusedException noSuchApp() {
    return new RefusedException(Refusal.NOT_FOUND, "there is no such app");
  }

  static RefusedException badData() {
    return new RefusedException(Refusal.BAD_REQUEST, "a message holds what cannot be stored");
  }

  static RefusedException idReused(String id) {
    return new RefusedException(
        Refusal.MESSAGE_ID_REUSED, "the id " + id + " was used for another message");
  }
}
