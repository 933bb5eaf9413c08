package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.ConnectionStateChange;
import io.tidegate.sdk.Registration;
import io.tidegate.sdk.TidegateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who is told where the connection stands, and who waits for it to be connected. */
final class Watchers {
  private final Serial told;
  private final List<Consumer<ConnectionStateChange>> listeners = new CopyOnWriteArrayList<>();

  /** Guarded by the client's lock. */
  private final Waiters<Void> awaiting;

  Watchers(Executor callbacks) {
    this.told = new Serial(callbacks);
    this.awaiting = new Waiters<>("calls for a connection", told);
  }

  Registration listen(Consumer<ConnectionStateChange> listener) {
    Consumer<ConnectionStateChange> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** Done when it is connected; under the lock. */
  CompletableFuture<Void> await() {
    return awaiting.add();
  }

  /** Under the lock. */
  void announce(ConnectionStateChange change) {
    if (change.current() == ConnectionState.CONNECTED) {
      awaiting.done(null);
    }
    for (Consumer<ConnectionStateChange> listener : listeners) {
      told.execute(() -> listener.accept(change));
    }
  }

  /** It is not going to be connected; under the lock. */
  void failed(TidegateException reason) {
    awaiting.failed(reason);
  }
}
