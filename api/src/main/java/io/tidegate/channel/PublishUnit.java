package io.tidegate.channel;

import java.util.List;

/**
 * What is published all or nothing into one channel: 1 to 100 drafts with distinct ids that get
 * consecutive seqs. Ids the channel knows already keep their first position.
 */
public record PublishUnit(TenantId tenant, ChannelId channel, List<Draft> drafts) {
  public static final int MAX_MESSAGES = 100;

  public PublishUnit {
    if (drafts.isEmpty() || drafts.size() > MAX_MESSAGES) {
      throw new IllegalArgumentException("a unit has 1 to 100 messages");
    }
    drafts = List.copyOf(drafts);
  }

  /** What all of it counts for in a durable store. */
  public long storedBytes() {
    long sum = 0;
    for (Draft draft : drafts) {
      sum += draft.size() + Message.ROW_BYTES;
    }
    return sum;
  }

  public int weight() {
    int sum = 0;
    for (Draft draft : drafts) {
      sum += draft.weight();
    }
    return sum;
  }
}
