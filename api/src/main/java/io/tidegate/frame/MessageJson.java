package io.tidegate.frame;

import io.tidegate.channel.Message;
import org.jspecify.annotations.Nullable;

/** The one spelling of a message in JSON, on every native interface. */
public final class MessageJson {
  private MessageJson() {}

  /** The item of a history page. */
  public static byte[] item(Message message, @Nullable String epoch) {
    return write(null, null, message, epoch);
  }

  static byte[] write(
      @Nullable String type, @Nullable String channel, Message message, @Nullable String epoch) {
    return new JsonWriter(message.data().length + 192)
        .string("type", type)
        .string("channel", channel)
        .number("seq", message.seq())
        .string("id", message.id())
        .string("name", message.name())
        .json("data", message.data())
        .string("encoding", message.encoding())
        .string("clientId", message.clientId())
        .string("connectionId", message.connectionId())
        .number("timestamp", message.timestamp())
        .json("headers", message.headers())
        .string("epoch", epoch)
        .finish();
  }
}
