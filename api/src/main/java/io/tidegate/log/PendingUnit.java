package io.tidegate.log;

import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unit on its way into the database, and whoever waits for the answer. */
final class PendingUnit {
  private static final Logger LOG = LoggerFactory.getLogger(PendingUnit.class);
  private static final long SECONDS_PER_DAY = 86_400;

  private final PublishUnit unit;
  private final List<byte[]> digests;
  private final int weight;
  private final int retentionDays;
  private final boolean witnessed;
  private final Consumer<Published> onCommit;
  private final long queuedNanos = System.nanoTime();
  private final CompletableFuture<Published> answer = new CompletableFuture<>();

  PendingUnit(PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    this(unit, keep, false, onCommit);
  }

  /**
   * @param witnessed whether somebody wants to hear of it before it is committed
   */
  PendingUnit(PublishUnit unit, Retention keep, boolean witnessed, Consumer<Published> onCommit) {
    this.unit = unit;
    this.witnessed = witnessed;
    this.digests = unit.drafts().stream().map(Draft::digest).toList();
    this.weight = unit.weight();
    this.retentionDays = (int) Math.ceilDiv(keep.seconds(), SECONDS_PER_DAY);
    this.onCommit = onCommit;
  }

  PublishUnit unit() {
    return unit;
  }

  byte[] digest(int draft) {
    return digests.get(draft);
  }

  int size() {
    return unit.drafts().size();
  }

  int weight() {
    return weight;
  }

  boolean isWitnessed() {
    return witnessed;
  }

  int retentionDays() {
    return retentionDays;
  }

  long queuedNanos() {
    return queuedNanos;
  }

  CompletionStage<Published> answer() {
    return answer;
  }

  /** It waits no more: a batch has it. */
  void taken() {
    if (unit.trace() != null) {
      unit.trace().taken();
    }
  }

  /**
   * @param batch how many messages were committed together
   */
  void commit(Published published, int batch) {
    if (unit.trace() != null) {
      unit.trace().committed(batch);
    }
    try {
      onCommit.accept(published);
    } catch (RuntimeException e) {
      LOG.error("A listener of committed messages failed", e);
    }
    answer.complete(published);
  }

  void refuse(RefusedException refused) {
    answer.completeExceptionally(refused);
  }
}
