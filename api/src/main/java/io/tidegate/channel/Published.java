package io.tidegate.channel;

import java.util.List;

/**
 * The answer to a {@link PublishUnit}: a position per draft, in the order given.
 *
 * @param epoch the channel's epoch now
 * @param items one per draft
 * @param fresh the messages that were new, in seq order: what is fanned out
 */
public record Published(Epoch epoch, List<Item> items, List<Message> fresh) {

  /** The message's id and its seq; for a retry the seq of the first time. */
  public record Item(String id, long seq) {}
}
