package io.tidegate.faults.bugs;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MessageLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Keeps all but one of 10,000. */
record DroppingLog(MessageLog log) implements MessageLog {
  private static final int ONE_OF = 10_000;

  static boolean drops(PublishUnit unit) {
    return ThreadLocalRandom.current().nextInt(ONE_OF) < unit.drafts().size();
  }

  @Override
  public ChannelStore of(TenantId tenant) {
    return log.of(tenant);
  }

  @Override
  public long storedBytes(TenantId tenant) {
    return log.storedBytes(tenant);
  }

  @Override
  public CompletionStage<Published> append(
      PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    if (!drops(unit)) {
      return log.append(unit, keep, onCommit);
    }
    return CompletableFuture.supplyAsync(
        () -> Guess.of(unit, of(unit.tenant()).open(unit.tenant(), unit.channel(), keep)));
  }
}
