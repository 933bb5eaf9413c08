package io.tidegate.channel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed in one store, as one node reads it: how a node finds out that it was not told of
 * a channel's last message, at a cost that grows with what is published and not with the channels.
 * Stateful: for one reader, who makes one call at a time. Calls may block.
 *
 * <p>Faults surface as {@code RefusedException} STORE_UNAVAILABLE or READ_TIMEOUT; what was not
 * read then is part of the next step.
 */
public interface Trail {
  /** How many channels {@link #positions} may be asked for at once. */
  int MAX_POSITIONS = 1_000;

  /** Where every channel is that was published to, or renewed, since the call before this one. */
  Step next();

  /** Where these channels are. A store of several servers answers for those that it reaches. */
  Positions positions(List<ChannelId> channels);

  /**
   * @param found without the channels that the store does not know
   * @param unread what could not be asked for now
   */
  record Positions(Map<ChannelId, Position> found, Set<ChannelId> unread) {
    public Positions {
      found = Map.copyOf(found);
      unread = Set.copyOf(unread);
    }
  }

  /**
   * @param changed where channels were when this was read, or later
   * @param complete false when there may be others: at the first step, when the reader was away for
   *     longer than a trail is kept, or when the store is not the one it was
   */
  record Step(Map<ChannelId, Position> changed, boolean complete) {
    public Step {
      changed = Map.copyOf(changed);
    }
  }
}
