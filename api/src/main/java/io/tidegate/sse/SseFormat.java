package io.tidegate.sse;

import io.netty.buffer.ByteBuf;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Position;
import io.tidegate.edge.Mark;
import io.tidegate.edge.StreamIds;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.EventJson;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of streams with one channel: their ids say where that channel stands, so that the whole
 * event is the same for every such stream. {@link ManyChannels} is the format of one stream with
 * more.
 */
class SseFormat implements WireFormat {
  private final StreamIds ids;

  SseFormat(StreamIds ids) {
    this.ids = ids;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void write(EncodedMessage message, ByteBuf out) {
    Position at = new Position(message.epoch(), message.seq());
    SseText.event("message", id(message.channel(), at), message.json(), out);
  }

  @Override
  public void write(ServerEvent event, ByteBuf out) {
    SseText.event(EventJson.type(event), idOf(event), EventJson.write(event), out);
  }

  private @Nullable String idOf(ServerEvent event) {
    return switch (event) {
      case ServerEvent.Subscribed e -> id(e.channel(), e.at());
      case ServerEvent.Skipped e -> id(e.channel(), e.at());
      case ServerEvent.Discontinuity e -> id(e.channel(), e.to());
      case ServerEvent.Connected e -> null;
      case ServerEvent.PublishAccepted e -> null;
      case ServerEvent.Authenticated e -> null;
      case ServerEvent.UnsubscribeDone e -> null;
      case ServerEvent.Refused e -> null;
      case ServerEvent.Unsubscribed e -> null;
      case ServerEvent.Presence e -> null;
      case ServerEvent.PresencePage e -> null;
      case ServerEvent.PresenceDone e -> null;
      case ServerEvent.Present e -> null;
      case ServerEvent.Expiring e -> null;
      case ServerEvent.Reconnect e -> null;
      case ServerEvent.Pong e -> null;
    };
  }

  /** The stream's id when the channel stands there. */
  String id(ChannelId channel, Position at) {
    byte[] seal = ids.sealOf(channel.app(), List.of(channel.name()));
    return StreamIds.write(seal, List.of(Mark.of(at)));
  }
}
