package io.tidegate.presence;

import io.tidegate.frame.ServerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that follows a channel's presence. Called on any thread, in order; must not wait. */
public interface Watcher {
  /**
   * @param next what {@link Rooms#sync} goes on with; null: this is no page, or the last one
   */
  void onPresence(ServerEvent.Presence event, @Nullable String next);

  /** What has come to a set that it knew, of one reading together; nothing: it is as it was. */
  default void onChanges(List<ServerEvent.Presence> events) {
    events.forEach(event -> onPresence(event, null));
  }
}
