package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Namespace.Presence.Mode;
import io.tidegate.frame.EventJson;
import io.tidegate.frame.ServerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server comes back with nothing: nobody is told that members left whom their nodes put in. */
final class MembersThatAServerLostAreNotGoneTest {
  private static final int MOST = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Forgetful store = new Forgetful();
  private final ChannelId channel = PresenceContract.channel("room");
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** A store whose server may be another from one moment to the next. */
  private static final class Forgetful implements PresenceStore {
    /** Both at once: whoever reads sees one server or the other. */
    private record Server(String epoch, MemoryPresence members) {}

    private final AtomicInteger reads = new AtomicInteger();
    private volatile Server server = new Server("first", new MemoryPresence(System::nanoTime, 1));
    private volatile @Nullable PresenceListener listener;

    /** All but a member, if one is named. */
    void forget(ChannelId of, String... kept) {
      MemoryPresence next = new MemoryPresence(System::nanoTime, 1);
      for (String client : kept) {
        next.enter(of, member(client), 1, MOST, false);
      }
      server = new Server("second", next);
      reads.set(0);
      PresenceListener to = listener;
      if (to != null) {
        next.listen(to);
        to.onGap();
      }
    }

    @Override
    public Entered enter(ChannelId of, Member member, long session, int most, boolean onlyUpdate) {
      return server.members.enter(of, member, session, most, onlyUpdate);
    }

    @Override
    public void leave(ChannelId of, String key, long session) {
      server.members.leave(of, key, session);
    }

    @Override
    public void hold(ChannelId of, String key, long session, Duration grace) {
      server.members.hold(of, key, session, grace);
    }

    @Override
    public List<ChannelId> resume(String clientId, String connectionId, long session) {
      return server.members.resume(clientId, connectionId, session);
    }

    @Override
    public Snapshot read(ChannelId of) {
      Server now = server;
      Snapshot read = now.members.read(of);
      reads.incrementAndGet();
      return new Snapshot(now.epoch, read.version(), read.members());
    }

    @Override
    public @Nullable Own own(ChannelId of, String clientId, String connectionId) {
      return server.members.own(of, clientId, connectionId);
    }

    @Override
    public void own(Consumer<Own> visitor) {
      server.members.own(visitor);
    }

    @Override
    public boolean hasChanged(ChannelId of, String known, long version) {
      Server now = server;
      return !known.equals(now.epoch) || now.members.read(of).version() != version;
    }

    @Override
    public void listen(PresenceListener to) {
      listener = to;
      server.members.listen(to);
    }

    @Override
    public void close() {
      server.members.close();
    }
  }

  private void watch(Duration believedAfter) {
    Rooms rooms =
        new Rooms(
            store,
            task -> Thread.ofVirtual().start(task),
            timer,
            new PresenceFigures(),
            believedAfter);
    enter("ada");
    enter("bob");
    rooms.watch(
        channel,
        Mode.MEMBERS,
        (event, next) ->
            told.add(
                event.action() + " " + new String(EventJson.write(event), StandardCharsets.UTF_8)));
    await().atMost(PATIENCE).until(() -> has(ServerEvent.Presence.Action.SYNC, "bob"));
  }

  private void enter(String client) {
    store.enter(channel, member(client), 1, MOST, false);
  }

  private static Member member(String client) {
    return new Member(client, "n1-" + client, null);
  }

  private boolean has(ServerEvent.Presence.Action action, String client) {
    return told.stream()
        .anyMatch(one -> one.startsWith(action + " ") && one.contains("\"" + client + "\""));
  }

  @Test
  void whoIsPutInAgainWasNeverAway() {
    watch(Duration.ofHours(1));
    store.forget(channel);
    await().atMost(PATIENCE).until(() -> store.reads.get() > 0);
    enter("ada");
    enter("eve");
    int sofar = store.reads.get();
    await().atMost(PATIENCE).until(() -> store.reads.get() > sofar + 1);
    assertThat(has(ServerEvent.Presence.Action.LEAVE, "bob")).isFalse();
    enter("bob");
    await().atMost(PATIENCE).until(() -> has(ServerEvent.Presence.Action.ENTER, "eve"));
    assertThat(told).noneMatch(one -> one.startsWith("LEAVE"));
    assertThat(has(ServerEvent.Presence.Action.ENTER, "ada")).isFalse();
    store.leave(channel, member("ada").key(), 1);
    await().atMost(PATIENCE).until(() -> has(ServerEvent.Presence.Action.LEAVE, "ada"));
  }

  @Test
  void whoIsNotPutInAgainIsGoneAfterAWhile() {
    watch(Duration.ofMillis(1));
    store.forget(channel, "ada");
    await().atMost(PATIENCE).until(() -> has(ServerEvent.Presence.Action.LEAVE, "bob"));
    assertThat(has(ServerEvent.Presence.Action.LEAVE, "ada")).isFalse();
  }
}
