package io.tidegate.frame;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told besides messages, in no wire format. {@code id} is the request's, null when
 * nobody asked. Spelled in JSON by {@link EventJson}; the contract is {@code
 * openapi/asyncapi.yaml}.
 */
public sealed interface ServerEvent {

  /**
   * The connection is authenticated. Times in ms, sizes in bytes.
   *
   * @param connectionKey null where the protocol resumes by other means
   * @param maxSubscriptions null where they are fixed when the connection opens
   */
  record Connected(
      String connectionId,
      @Nullable String connectionKey,
      boolean resumed,
      @Nullable String clientId,
      long pingIntervalMs,
      long maxMessageBytes,
      @Nullable Long maxSubscriptions)
      implements ServerEvent {}

  /** A publish was accepted. */
  record PublishAccepted(String id, ChannelName channel, Published published)
      implements ServerEvent {}

  /** A fresh token was accepted; {@code expiresAt} in ms since 1970. */
  record Authenticated(String id, long expiresAt) implements ServerEvent {}

  /** A subscription ended because the client asked. */
  record UnsubscribeDone(String id, ChannelName channel) implements ServerEvent {}

  /** A request was refused, or the connection is about to end. */
  record Refused(
      @Nullable String id,
      Refusal refusal,
      String detail,
      @Nullable Long retryAfterMs,
      @Nullable ChannelName channel)
      implements ServerEvent {}

  /**
   * A subscription has begun behind {@code at}; precedes its first message.
   *
   * @param resumed whether nothing was lost since the position the client gave
   */
  record Subscribed(
      @Nullable String id,
      ChannelId channel,
      Position at,
      boolean resumed,
      Head.Resume.@Nullable Lost lost,
      boolean conflated)
      implements ServerEvent {}

  /** The position moved past a message that is not for this connection. */
  record Skipped(ChannelId channel, Position at) implements ServerEvent {}

  /**
   * The run of seqs is broken; delivery goes on behind {@code to}.
   *
   * @param missed how many messages, when known
   */
  record Discontinuity(
      ChannelId channel, Position to, @Nullable Position from, @Nullable Long missed, String reason)
      implements ServerEvent {}

  /** A subscription was ended by the server. */
  record Unsubscribed(ChannelName channel, Refusal refusal, String detail) implements ServerEvent {}

  /**
   * Who is present, or what changed about it.
   *
   * @param members a JSON array; null for {@link Action#OCCUPANCY}
   * @param count of members, for {@link Action#OCCUPANCY} only
   * @param cursor for {@link Action#SYNC} when more pages follow
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for all clients, never compared
  record Presence(
      ChannelName channel,
      Action action,
      long version,
      byte @Nullable [] members,
      @Nullable Long count,
      @Nullable String cursor)
      implements ServerEvent {
    /** What the members do. */
    public enum Action {
      SYNC,
      ENTER,
      UPDATE,
      LEAVE,
      OCCUPANCY
    }
  }

  /** A page of who is present, as was asked for. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record PresencePage(
      String id,
      ChannelName channel,
      long version,
      long count,
      byte[] members,
      @Nullable String cursor)
      implements ServerEvent {}

  /** A client was let in, updated or taken out as it asked. */
  record PresenceDone(String id, ChannelName channel) implements ServerEvent {}

  /**
   * Where a connection that goes on is a member now; what it had entered besides is lost.
   *
   * @param more whether another of these follows
   */
  record Present(List<ChannelName> channels, boolean more) implements ServerEvent {
    /** One frame names so many channels at most: it stays below what may wait for a client. */
    public static final int MAX_CHANNELS = 50;

    public Present {
      channels = List.copyOf(channels);
    }

    /** One frame after the other that together name all of these; one at least. */
    public static List<Present> of(List<ChannelName> all) {
      List<Present> frames = new ArrayList<>();
      int from = 0;
      do {
        int to = Math.min(all.size(), from + MAX_CHANNELS);
        frames.add(new Present(all.subList(from, to), to < all.size()));
        from = to;
      } while (from < all.size());
      return frames;
    }
  }

  /** The token expires soon. */
  record Expiring(long inMs) implements ServerEvent {}

  /** The client should connect anew after the delay. */
  record Reconnect(long afterMs) implements ServerEvent {}

  /** The answer to a ping. */
  record Pong(@Nullable String id) implements ServerEvent {}
}
