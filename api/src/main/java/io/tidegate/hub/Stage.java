package io.tidegate.hub;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a subscription is at while it is not live: finding where it begins, or catching up. What was
 * asked of the store, or put off, counts only as long as the subscription is at it. On its event
 * loop.
 */
abstract class Stage {
  final Subscription subscription;
  final Shard shard;

  Stage(Subscription subscription, Shard shard) {
    this.subscription = subscription;
    this.shard = shard;
  }

  /** The store could not answer. */
  abstract void failed(Throwable failure);

  /** Goes on here when the store has answered. */
  <T> void later(CompletionStage<T> answer, Consumer<T> then) {
    answer.whenComplete(
        (value, failure) ->
            shard
                .loop()
                .executor()
                .execute(
                    () -> {
                      if (failure == null) {
                        goOn(() -> then.accept(value));
                      } else {
                        goOn(() -> failed(failure));
                      }
                    }));
  }

  /** Goes on here after a while. */
  void after(long millis, Runnable then) {
    shard.loop().executor().schedule(() -> goOn(then), millis, TimeUnit.MILLISECONDS);
  }

  private void goOn(Runnable then) {
    if (subscription.isAt(this)) {
      subscription.safely(
          () -> {
            then.run();
            subscription.subscriber().flush();
          });
    }
  }
}
