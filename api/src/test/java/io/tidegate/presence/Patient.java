package io.tidegate.presence;

import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks again while the store is away: a busy machine may let Redis wait for longer than it may. */
record Patient(PresenceStore store) implements PresenceStore {
  static <T> T patiently(Callable<T> question) {
    return await()
        .atMost(PresenceContract.PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreExceptionsMatching(
            failure ->
                failure instanceof RefusedException refused
                    && refused.refusal() == Refusal.STORE_UNAVAILABLE)
        .until(question, answer -> true);
  }

  @Override
  public Entered enter(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    return patiently(() -> store.enter(channel, member, session, most, onlyUpdate));
  }

  @Override
  public void leave(ChannelId channel, String key, long session) {
    patiently(
        () -> {
          store.leave(channel, key, session);
          return true;
        });
  }

  @Override
  public void hold(ChannelId channel, String key, long session, Duration grace) {
    patiently(
        () -> {
          store.hold(channel, key, session, grace);
          return true;
        });
  }

  @Override
  public List<ChannelId> resume(String clientId, String connectionId, long session) {
    return patiently(() -> store.resume(clientId, connectionId, session));
  }

  @Override
  public Snapshot read(ChannelId channel) {
    return patiently(() -> store.read(channel));
  }

  @Override
  public @Nullable Own own(ChannelId channel, String clientId, String connectionId) {
    return store.own(channel, clientId, connectionId);
  }

  @Override
  public void own(Consumer<Own> visitor) {
    store.own(visitor);
  }

  @Override
  public boolean hasChanged(ChannelId channel, String epoch, long version) {
    return patiently(() -> store.hasChanged(channel, epoch, version));
  }

  @Override
  public void listen(PresenceListener listener) {
    store.listen(listener);
  }

  @Override
  public void close() {
    store.close();
  }
}
