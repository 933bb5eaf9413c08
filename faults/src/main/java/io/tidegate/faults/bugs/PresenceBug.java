package io.tidegate.faults.bugs;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.tidegate.channel.ChannelId;
import io.tidegate.presence.Member;
import io.tidegate.presence.PresenceListener;
import io.tidegate.presence.PresenceStore;
import io.tidegate.presence.Snapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whoever asks for a member's departure is its owner, however late. */
@Singleton
final class PresenceBug implements BeanCreatedEventListener<PresenceStore> {
  @Override
  public PresenceStore onCreated(BeanCreatedEvent<PresenceStore> event) {
    PresenceStore store = event.getBean();
    boolean asStore = event.getBeanDefinition().getBeanType() == PresenceStore.class;
    return asStore && Bug.PRESENCE_WITHOUT_FENCING.isPlanted() ? new Unfenced(store) : store;
  }

  private record Unfenced(PresenceStore store) implements PresenceStore {
    private static final long LATE_NANOS = 2_000_000_000L;

    /**
     * What a session's number says of its process; above it stands its turn, which is a fence too.
     */
    private static final long OWN = (1L << 40) - 1;

    @Override
    public Entered enter(
        ChannelId channel, Member member, long session, int most, boolean onlyUpdate) {
      return store.enter(channel, member, session, most, onlyUpdate);
    }

    @Override
    public void leave(ChannelId channel, String key, long session) {
      takeOver(key, session);
      store.leave(channel, key, session & OWN);
    }

    @Override
    public void hold(ChannelId channel, String key, long session, Duration grace) {
      takeOver(key, session);
      store.hold(channel, key, session & OWN, grace);
    }

    /** Late, so that whoever has taken the member over meanwhile is done with it. */
    private void takeOver(String key, long session) {
      LockSupport.parkNanos(LATE_NANOS);
      int nul = key.indexOf('\0');
      var unused = store.resume(key.substring(0, nul), key.substring(nul + 1), session & OWN);
    }

    @Override
    public List<ChannelId> resume(String clientId, String connectionId, long session) {
      return store.resume(clientId, connectionId, session);
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
    public Snapshot read(ChannelId channel) {
      return store.read(channel);
    }

    @Override
    public boolean hasChanged(ChannelId channel, String epoch, long version) {
      return store.hasChanged(channel, epoch, version);
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
}
