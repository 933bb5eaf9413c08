package io.tidegate.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of one channel: where it ends and how far back it goes.
 *
 * @param epochs the last 8 at most, oldest first, never empty
 * @param firstSeq the oldest seq that can still be read; {@code lastSeq + 1} when nothing can
 * @param lastSeq the last seq given, 0 before the first
 */
public record Head(List<EpochStart> epochs, long firstSeq, long lastSeq) {
  public static final int MAX_EPOCHS = 8;

  public Head {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty() || firstSeq > lastSeq + 1) {
      throw new IllegalArgumentException("not a head");
    }
  }

  public Epoch epoch() {
    return epochs.getLast().epoch();
  }

  public Position position() {
    return new Position(epoch(), lastSeq);
  }

  /** The epoch a seq belongs to, of those still known. */
  public Epoch epochOf(long seq) {
    for (int i = epochs.size() - 1; i > 0; i--) {
      if (epochs.get(i).firstSeq() <= seq) {
        return epochs.get(i).epoch();
      }
    }
    return epochs.getFirst().epoch();
  }

  /** Where a client that stopped at {@code since} goes on; see {@link Resume}. */
  public Resume resume(Position since) {
    int at = indexOf(since.epoch());
    if (at < 0) {
      return new Resume(lastSeq, Resume.Lost.EPOCH);
    }
    boolean current = at == epochs.size() - 1;
    if (since.seq() > lastSeq) {
      return new Resume(lastSeq, Resume.Lost.AHEAD);
    }
    if (!current && since.seq() >= epochs.get(at + 1).firstSeq()) {
      return new Resume(lastSeq, Resume.Lost.EPOCH);
    }
    if (since.seq() + 1 < firstSeq) {
      return new Resume(firstSeq - 1, Resume.Lost.RETENTION);
    }
    return new Resume(since.seq(), null);
  }

  private int indexOf(Epoch epoch) {
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).epoch().equals(epoch)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * @param seq the last seq the client has, from its side; delivery goes on behind it
   * @param lost why not all that was missed can be delivered; null when it can
   */
  public record Resume(long seq, @Nullable Lost lost) {
    public boolean complete() {
      return lost == null;
    }

    /** Why a position could not be resumed. */
    public enum Lost {
      /** Some of it is no longer kept. */
      RETENTION,
      /** The epoch has ended and what followed it is unknown. */
      EPOCH,
      /** The position lies beyond the head. */
      AHEAD
    }
  }
}
