package io.tidegate.poll;

import io.netty.buffer.ByteBuf;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import io.tidegate.edge.Mark;
import io.tidegate.edge.StreamIds;
import io.tidegate.edge.StreamRequest;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.EventJson;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one poll as items of a JSON array, each with a comma before it, and where they
 * leave the channels.
 */
final class PollFormat implements WireFormat {
  /** What stands before the part of a position that is of presence; base64url has none. */
  static final char PRESENCE = '.';

  private final byte[] seal;
  private final Map<ChannelName, Mark> marks = new LinkedHashMap<>();

  /** Channels that have not begun; an answer without {@code since} waits for them. */
  private int beginning;

  /** How many events the client has yet to be told. */
  private int events;

  /** Null when the client does not ask who is there. */
  private final @Nullable PollPresence presence;

  PollFormat(StreamIds ids, StreamRequest request, @Nullable PollPresence presence) {
    this.presence = presence;
    seal = ids.sealOf(request.app(), request.channels());
    List<Mark> known = request.marks();
    beginning = request.channels().size();
    for (int i = 0; i < request.channels().size(); i++) {
      marks.put(request.channels().get(i), known.isEmpty() ? Mark.NOWHERE : known.get(i));
    }
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void write(EncodedMessage message, ByteBuf out) {
    stands(message.channel(), new Position(message.epoch(), message.seq()));
    add(message.json(), out);
  }

  @Override
  public void write(ServerEvent event, ByteBuf out) {
    switch (event) {
      case ServerEvent.Subscribed e -> {
        beginning--;
        stands(e.channel(), e.at());
        if (!e.resumed()) {
          add(EventJson.write(e), out);
        }
      }
      case ServerEvent.Skipped e -> {
        stands(e.channel(), e.at());
        add(EventJson.write(e), out);
      }
      case ServerEvent.Discontinuity e -> {
        stands(e.channel(), e.to());
        add(EventJson.write(e), out);
      }
      case ServerEvent.Unsubscribed e -> add(EventJson.write(e), out);
      case ServerEvent.Expiring e -> add(EventJson.write(e), out);
      case ServerEvent.Reconnect e -> add(EventJson.write(e), out);
      case ServerEvent.Refused e -> add(EventJson.write(e), out);
      case ServerEvent.Connected e -> {}
      case ServerEvent.PublishAccepted e -> {}
      case ServerEvent.Authenticated e -> {}
      case ServerEvent.UnsubscribeDone e -> {}
      // Told by PollPresence, which knows where it leaves the client.
      case ServerEvent.Presence e -> {}
      case ServerEvent.PresencePage e -> {}
      case ServerEvent.PresenceDone e -> {}
      case ServerEvent.Present e -> {}
      case ServerEvent.Pong e -> {}
    }
  }

  /** Whether there is something to tell and no channel is still beginning. */
  boolean isWorthAnAnswer() {
    return events > 0 && beginning <= 0 && (presence == null || !presence.isUnsettled());
  }

  String since() {
    String messages = StreamIds.write(seal, marks.values());
    return presence == null ? messages : messages + PRESENCE + presence.since();
  }

  void present(ServerEvent.Presence event, ByteBuf out) {
    add(EventJson.write(event), out);
  }

  private void stands(ChannelId channel, Position at) {
    marks.put(channel.name(), Mark.of(at));
  }

  private void add(byte[] json, ByteBuf out) {
    if (events++ > 0) {
      out.writeByte(',');
    }
    out.writeBytes(json);
  }
}
