package io.tidegate.publish;

import io.tidegate.channel.Published;
import io.tidegate.store.Held;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tells those outside of what a broker accepts, before its publisher hears that it was. What the
 * log stores is told in its own transaction.
 */
public interface Herald {
  /** One with nobody to tell. */
  Herald NONE = (held, publish) -> publish.get();

  /**
   * Has it published and told. May read the database before it returns.
   *
   * @param publish into the broker's channel
   * @return its answer, when it was told; or, when it cannot be told soon, without it
   * @throws io.tidegate.problem.RefusedException PUBLISH_QUEUE_FULL: nothing was published
   */
  CompletionStage<Published> publish(Held held, Supplier<CompletionStage<Published>> publish);
}
