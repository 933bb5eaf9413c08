package io.tidegate.channel;

import io.tidegate.trace.UnitTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is published all or nothing into one channel: 1 to 100 drafts with distinct ids that get
 * consecutive seqs. Ids the channel knows already keep their first position.
 *
 * @param trace null unless it is traced
 */
public record PublishUnit(
    TenantId tenant, ChannelId channel, List<Draft> drafts, @Nullable UnitTrace trace) {
  public static final int MAX_MESSAGES = 100;

  public PublishUnit {
    if (drafts.isEmpty() || drafts.size() > MAX_MESSAGES) {
      throw new IllegalArgumentException("a unit has 1 to 100 messages");
    }
    drafts = List.copyOf(drafts);
  }

  /** One that is not traced. */
  public PublishUnit(TenantId tenant, ChannelId channel, List<Draft> drafts) {
    this(tenant, channel, drafts, null);
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
