package io.tidegate.presence;

import io.tidegate.channel.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is present where, for all nodes. Every change raises the channel's version. {@code session}
 * is a {@link SessionNumber}, of who owns a member: what an older owner asks for late changes
 * nothing, wherever the later one is. Trusts its caller: rights have been checked, and the
 * connectionId is the client's own. May wait; throws {@code STORE_UNAVAILABLE} when it cannot say.
 */
public interface PresenceStore extends AutoCloseable {
  /**
   * Puts a member in, or gives it other data; nobody hears of it when nothing is new.
   *
   * @param most how many there may be: one more is not let in
   */
  Entered enter(ChannelId channel, Member member, long session, int most, boolean onlyUpdate);

  /** What became of it, and how many members there are then. */
  record Entered(Outcome outcome, int members) {}

  /** Whether a member was let in. */
  enum Outcome {
    IN,
    FULL,
    /** It was to be changed, and is not there. */
    ABSENT
  }

  /** Takes the session's member out. */
  void leave(ChannelId channel, String key, long session);

  /** The session is gone without a word: its member leaves after the grace, unless resumed. */
  void hold(ChannelId channel, String key, long session, Duration grace);

  /**
   * Members of a connection that goes on are this session's now, but for those that a later session
   * has; returns where they are.
   */
  List<ChannelId> resume(String clientId, String connectionId, long session);

  Snapshot read(ChannelId channel);

  /**
   * What a session of this node has in a channel, and nobody holds for it.
   *
   * @param turn how often its connection had gone on before
   */
  record Own(ChannelId channel, Member member, long turn) {}

  /** Never waits; null when there is none of this client and connection. */
  @Nullable Own own(ChannelId channel, String clientId, String connectionId);

  /** Tells of each of them, without waiting. */
  void own(Consumer<Own> visitor);

  /** Whether the channel's set is that of another version or epoch. */
  boolean hasChanged(ChannelId channel, String epoch, long version);

  /** Calls, on any thread and without waiting in it, whenever a channel may have changed. */
  void listen(PresenceListener listener);

  @Override
  void close();
}
