package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Namespace;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The channels whose presence somebody on this node follows. */
public final class Rooms implements PresenceListener {
  /**
   * Nodes put their members in again with the first beat after a server is back: many times over.
   */
  private static final Duration BELIEVED_AFTER = Duration.ofSeconds(10);

  private final PresenceStore store;
  private final Executor blocking;
  private final ScheduledExecutorService timer;
  private final PresenceFigures figures;
  private final Duration believedAfter;

  /** As many as there are subscriptions with presence. */
  private final ConcurrentHashMap<ChannelId, Room> rooms = new ConcurrentHashMap<>();

  public Rooms(
      PresenceStore store,
      Executor blocking,
      ScheduledExecutorService timer,
      PresenceFigures figures) {
    this(store, blocking, timer, figures, BELIEVED_AFTER);
  }

  /**
   * @param believedAfter how long a server that lost its memory is not believed that members are
   *     gone
   */
  Rooms(
      PresenceStore store,
      Executor blocking,
      ScheduledExecutorService timer,
      PresenceFigures figures,
      Duration believedAfter) {
    this.figures = figures;
    this.believedAfter = believedAfter;
    this.store = store;
    this.blocking = blocking;
    this.timer = timer;
    store.listen(this);
  }

  /**
   * Tells the watcher who is there, a first page or the count, and every change from then on. A
   * page's successor is asked for with {@link #sync}.
   */
  public void watch(ChannelId channel, Namespace.Presence.Mode mode, Watcher watcher) {
    watch(channel, mode, watcher, Seen.NOTHING);
  }

  /** The same for one who was told before: what has changed, if that is still known. */
  public void watch(ChannelId channel, Namespace.Presence.Mode mode, Watcher watcher, Seen seen) {
    rooms.compute(
        channel,
        (id, known) -> {
          Room room = known == null ? new Room(id, mode, this) : known;
          room.add(watcher, seen);
          return room;
        });
  }

  public void unwatch(ChannelId channel, Watcher watcher) {
    rooms.computeIfPresent(channel, (id, room) -> room.remove(watcher) ? null : room);
  }

  /** Sends the page behind {@code after}, soon. */
  public void sync(ChannelId channel, Watcher watcher, String after) {
    Room room = rooms.get(channel);
    if (room != null) {
      now(() -> room.page(watcher, after));
    }
  }

  @Override
  public void onChange(ChannelId channel) {
    Room room = rooms.get(channel);
    if (room != null) {
      now(room::changed);
    }
  }

  @Override
  public void onGap() {
    rooms.values().forEach(room -> now(room::changed));
  }

  public int count() {
    return rooms.size();
  }

  PresenceFigures figures() {
    return figures;
  }

  Duration believedAfter() {
    return believedAfter;
  }

  PresenceStore store() {
    return store;
  }

  void now(Runnable task) {
    blocking.execute(task);
  }

  void later(Runnable task, long millis) {
    timer.schedule(() -> blocking.execute(task), millis, TimeUnit.MILLISECONDS);
  }
}
