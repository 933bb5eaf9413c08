package io.tidegate.faults.bugs;

import io.tidegate.broker.Broker;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Fans out all but one of 10,000. */
final class DroppingBroker extends OtherBroker {
  DroppingBroker(Broker broker) {
    super(broker);
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    if (!DroppingLog.drops(unit)) {
      return super.publish(unit, keep);
    }
    return CompletableFuture.supplyAsync(
        () -> Guess.of(unit, open(unit.tenant(), unit.channel(), keep)));
  }
}
