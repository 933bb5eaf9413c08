package io.tidegate.hub;

import io.tidegate.frame.EncodedMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recent messages of one shard, gapless, kept while one of its subscriptions is behind. All
 * rings of an event loop draw on one {@link RingBudget}; past it the loop's oldest messages go
 * first, whichever ring they are in, and who still needed them reads the store.
 */
final class Ring {
  private static final int FIRST_CAPACITY = 16;

  private final RingBudget budget;

  /**
   * Circular, a power of two; null while the ring is empty, so that an idle shard costs nothing.
   */
  private RingBudget.@Nullable Kept @Nullable [] kept;

  private int oldest;
  private int size;

  Ring(RingBudget budget) {
    this.budget = budget;
  }

  /** Adds the next message; one that does not follow the newest begins the ring anew. */
  void add(EncodedMessage message) {
    if (size > 0 && message.seq() != firstSeq() + size) {
      clear();
    }
    RingBudget.@Nullable Kept[] slots = roomForOne();
    RingBudget.Kept one = new RingBudget.Kept(this, message);
    slots[(oldest + size) & (slots.length - 1)] = one;
    size++;
    budget.add(one);
  }

  void clear() {
    while (size > 0) {
      budget.drop(at(0));
    }
    kept = null;
    oldest = 0;
  }

  /** Called by the budget, for this ring's oldest message. */
  void dropOldest() {
    RingBudget.@Nullable Kept[] slots = slots();
    slots[oldest] = null;
    oldest = (oldest + 1) & (slots.length - 1);
    size--;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether the message with this seq is here. */
  boolean has(long seq) {
    return size > 0 && seq >= firstSeq() && seq < firstSeq() + size;
  }

  /** Messages from {@code seq} on, as many as fit into {@code maxBytes}, at least one. */
  List<EncodedMessage> from(long seq, int maxBytes) {
    List<EncodedMessage> run = new ArrayList<>();
    int bytes = 0;
    for (int i = (int) (seq - firstSeq()); i < size; i++) {
      EncodedMessage message = at(i).message();
      bytes += message.json().length;
      if (!run.isEmpty() && bytes > maxBytes) {
        break;
      }
      run.add(message);
    }
    return run;
  }

  private long firstSeq() {
    return at(0).message().seq();
  }

  private RingBudget.Kept at(int index) {
    RingBudget.@Nullable Kept[] slots = slots();
    RingBudget.Kept found = slots[(oldest + index) & (slots.length - 1)];
    if (found == null) {
      throw new IllegalStateException("no message at " + index);
    }
    return found;
  }

  private RingBudget.@Nullable Kept[] slots() {
    RingBudget.@Nullable Kept[] slots = kept;
    if (slots == null) {
      throw new IllegalStateException("the ring is empty");
    }
    return slots;
  }

  private RingBudget.@Nullable Kept[] roomForOne() {
    RingBudget.@Nullable Kept[] slots = kept;
    if (slots == null) {
      slots = new RingBudget.@Nullable Kept[FIRST_CAPACITY];
    } else if (size == slots.length) {
      RingBudget.@Nullable Kept[] larger = Arrays.copyOfRange(slots, oldest, oldest + 2 * size);
      System.arraycopy(slots, 0, larger, size - oldest, oldest);
      Arrays.fill(larger, size, larger.length, null);
      oldest = 0;
      slots = larger;
    }
    kept = slots;
    return slots;
  }
}
