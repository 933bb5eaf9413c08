package io.tidegate.simulation;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MessageLog;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The store, where a log is read; the simulation appends to it by itself. */
record SimLog(SimStore store) implements MessageLog {
  @Override
  public ChannelStore of(TenantId tenant) {
    return store;
  }

  @Override
  public long storedBytes(TenantId tenant) {
    return 0;
  }

  @Override
  public CompletionStage<Published> append(
      PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    throw new UnsupportedOperationException();
  }
}
