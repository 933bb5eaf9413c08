package io.tidegate.bench.check;

import io.tidegate.bench.wire.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was published on one channel and how the gateway answered: the other side of the account.
 * Kept by the publishers; written from any loop.
 */
public final class Ledger {
  private long accepted;
  private long sum;
  private long refused;
  private long unknown;

  /** The gateway acknowledged the messages {@code from} to {@code from + count - 1}. */
  public synchronized void accepted(long from, int count) {
    accepted += count;
    for (long number = from; number < from + count; number++) {
      sum += Stamp.mix(number);
    }
  }

  /** The gateway refused them: none may arrive. */
  public synchronized void refused(int count) {
    refused += count;
  }

  /** No answer, or outcome-unknown: each may arrive, once. */
  public synchronized void unknown(int count) {
    unknown += count;
  }

  /** Messages acknowledged so far. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Messages refused so far. */
  public synchronized long refused() {
    return refused;
  }

  /** Messages without a certain answer so far. */
  public synchronized long unknown() {
    return unknown;
  }

  /** Whether as many messages as were acknowledged have come; waits for nothing. */
  public synchronized boolean settledBy(SeqRun run) {
    return run.count() >= accepted;
  }

  /**
   * Compares a subscription that began before the first publish with the account. Empty: gapless,
   * in order, and exactly the acknowledged messages.
   */
  public synchronized List<String> check(SeqRun run) {
    List<String> faults = new ArrayList<>(run.faults());
    if (run.faultCount() > faults.size()) {
      faults.add("and " + (run.faultCount() - faults.size()) + " more");
    }
    if (run.count() < accepted || run.count() > accepted + unknown) {
      faults.add(
          String.format(
              Locale.ROOT,
              "received %d messages, %d were acknowledged and %d are unknown",
              run.count(),
              accepted,
              unknown));
    } else if (unknown == 0 && run.sum() != sum) {
      faults.add("the number of messages is right, but they are not the acknowledged ones");
    }
    return faults;
  }
}
