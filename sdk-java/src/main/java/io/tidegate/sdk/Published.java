package io.tidegate.sdk;

import java.util.List;

/**
 * What was accepted, as one unit.
 *
 * @param channel where to
 * @param epoch of all its messages
 * @param messages in the order they were given
 */
public record Published(String channel, String epoch, List<Item> messages) {
  public Published {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("nothing was published");
    }
  }

  /** One message's id and number. */
  public record Item(String id, long seq) {}

  /** The id of the first message: the only one, when one was published. */
  public String id() {
    return messages.get(0).id();
  }

  /** The position of the last message. */
  public Position position() {
    return new Position(epoch, messages.get(messages.size() - 1).seq());
  }
}
