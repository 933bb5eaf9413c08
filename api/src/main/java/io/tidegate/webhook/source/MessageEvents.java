package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.frame.MessageJson;
import io.tidegate.json.StrictJson;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * {@code message.published}: {@code {channel, message}} with the message as an item of history has
 * it, or {@code {channel, missed: {epoch, from, to}}} of those that nobody can be told of any more.
 * The id follows from the position: whoever tells it again, on whatever node, tells the same event.
 */
final class MessageEvents {
  private static final EventType TYPE = EventType.MESSAGE_PUBLISHED;

  private MessageEvents() {}

  static Event of(ChannelId channel, Epoch epoch, Message message) {
    String json = new String(MessageJson.item(message, epoch.value()), StandardCharsets.UTF_8);
    UUID id = id("message", channel, epoch, message.seq(), message.timestamp());
    Instant at = Instant.ofEpochMilli(message.timestamp());
    return event(id, channel, at, "\"message\":" + json);
  }

  /**
   * A gap in what is told.
   *
   * @param millis when the first message behind it was published
   */
  static Event missed(ChannelId channel, Epoch epoch, long from, long to, long millis) {
    String json = "{\"epoch\":\"%s\",\"from\":%d,\"to\":%d}".formatted(epoch, from, to);
    UUID id = id("missed", channel, epoch, to, millis);
    return event(id, channel, Instant.ofEpochMilli(millis), "\"missed\":" + json);
  }

  private static Event event(UUID id, ChannelId channel, Instant at, String rest) {
    String data = "{\"channel\":" + StrictJson.write(channel.name().value()) + "," + rest + "}";
    return new Event(id, channel.app(), TYPE, Subject.of(channel.name()), at, data);
  }

  /** A UUID of version 7 (RFC 9562) whose random bits are a hash of what it stands for. */
  private static UUID id(String kind, ChannelId channel, Epoch epoch, long seq, long millis) {
    String of = kind + " " + channel.app() + " " + epoch + " " + seq + " " + channel.name();
    ByteBuffer hash = ByteBuffer.wrap(sha256(of.getBytes(StandardCharsets.UTF_8)));
    long high = (millis << 16) | 0x7000L | (hash.getLong() & 0x0FFFL);
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
