package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.List;

/** Where members could not be shared between nodes: everything is refused, nothing half shown. */
public final class NoPresence implements PresenceStore {
  @Override
  public Entered enter(
      ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
    throw refused();
  }

  /** Nobody is in. */
  @Override
  public void leave(ChannelId channel, String key, long session) {}

  @Override
  public void hold(ChannelId channel, String key, long session, Duration grace) {}

  @Override
  public List<ChannelId> resume(String clientId, String connectionId, long session) {
    return List.of();
  }

  @Override
  public Snapshot read(ChannelId channel) {
    throw refused();
  }

  @Override
  public boolean hasChanged(ChannelId channel, String epoch, long version) {
    return false;
  }

  @Override
  public void listen(PresenceListener listener) {}

  @Override
  public void close() {}

  private static RefusedException refused() {
    return new RefusedException(
        Refusal.STORE_UNAVAILABLE, "presence is not shared between nodes yet");
  }
}
