package io.tidegate.faults.bugs;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MessageLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Acknowledges before it commits. */
record EarlyLog(MessageLog log) implements MessageLog {
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
    return CompletableFuture.supplyAsync(
        () -> {
          Published guess =
              Guess.of(unit, of(unit.tenant()).open(unit.tenant(), unit.channel(), keep));
          var unused = log.append(unit, keep, onCommit);
          return guess;
        });
  }
}
