package io.tidegate.frame;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.trace.UnitTrace;
import org.jspecify.annotations.Nullable;

/**
 * A message of one channel with its JSON made at most once per node, whoever asks first; every wire
 * format builds on these bytes.
 */
public final class EncodedMessage {
  private final ChannelId channel;
  private final Epoch epoch;
  private final boolean older;
  private final Message message;

  /** Null unless it has just come, as the last message of a traced unit. */
  private final @Nullable UnitTrace trace;

  /** Made on first use; a race makes it twice with the same content. */
  private byte @Nullable [] json;

  /** A message of the channel's epoch as it is now. */
  public EncodedMessage(ChannelId channel, Epoch epoch, Message message) {
    this(channel, epoch, message, false);
  }

  /** One that has just come. */
  public EncodedMessage(
      ChannelId channel, Epoch epoch, Message message, @Nullable UnitTrace trace) {
    this(channel, epoch, message, false, trace);
  }

  /**
   * @param older whether the epoch is not the channel's current one: its JSON then names it
   */
  public EncodedMessage(ChannelId channel, Epoch epoch, Message message, boolean older) {
    this(channel, epoch, message, older, null);
  }

  private EncodedMessage(
      ChannelId channel, Epoch epoch, Message message, boolean older, @Nullable UnitTrace trace) {
    this.channel = channel;
    this.epoch = epoch;
    this.message = message;
    this.older = older;
    this.trace = trace;
  }

  public ChannelId channel() {
    return channel;
  }

  public Epoch epoch() {
    return epoch;
  }

  public Message message() {
    return message;
  }

  public @Nullable UnitTrace trace() {
    return trace;
  }

  public long seq() {
    return message.seq();
  }

  /** Whether some connections may be passed over: its own publisher's, or an excluded one. */
  public boolean isPersonal() {
    return message.connectionId() != null || message.exclude() != null;
  }

  /** Whether the message is not for this connection. */
  public boolean skips(String connectionId, boolean echo) {
    return connectionId.equals(message.exclude())
        || (!echo && connectionId.equals(message.connectionId()));
  }

  /** The {@code message} frame: one JSON object on one line, UTF-8. */
  public byte[] json() {
    byte[] made = json;
    if (made == null) {
      made =
          MessageJson.write(
              "message", channel.name().value(), message, older ? epoch.value() : null);
      json = made;
    }
    return made;
  }

  /** What it weighs in a bounded buffer, in bytes. */
  public int weight() {
    return message.weight() + message.data().length + 128;
  }
}
