package io.tidegate.sdk;

import java.util.List;

/**
 * Messages for channels: each channel gets all of them, as a unit of its own.
 *
 * @param channels at most 100 in one batch, over all its items
 * @param messages at most 100; one without an id has the same one in each channel
 */
public record BatchItem(List<String> channels, List<OutgoingMessage> messages) {
  public BatchItem {
    channels = List.copyOf(channels);
    messages = List.copyOf(messages);
    if (channels.isEmpty() || messages.isEmpty()) {
      throw new IllegalArgumentException("a batch's item has channels and messages");
    }
  }

  /** One message for one channel. */
  public static BatchItem of(String channel, OutgoingMessage message) {
    return new BatchItem(List.of(channel), List.of(message));
  }
}
