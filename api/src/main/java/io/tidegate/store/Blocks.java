package io.tidegate.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.frame.EncodedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads blocks of {@value #SIZE} seqs from the stores and keeps them, bounded in bytes and time, so
 * that what one subscription has read is not read again for the next. Every read blocks its thread;
 * failures are those of {@link Stores}.
 */
final class Blocks {
  static final int SIZE = 256;

  /** A storm of reconnects is over by then; a block that nobody asks for is only in the way. */
  static final Duration UNUSED = Duration.ofMinutes(2);

  /** Messages of blocks that were read, per node. */
  private static final long MAX_CACHE_BYTES = 64L << 20;

  private final Stores stores;
  private final Cache<Key, List<EncodedMessage>> runs;
  private final LongAdder first = new LongAdder();
  private final LongAdder growths = new LongAdder();
  private final LongAdder repairs = new LongAdder();

  Blocks(Stores stores, Ticker ticker) {
    this.stores = stores;
    this.runs =
        Caffeine.newBuilder()
            .maximumWeight(MAX_CACHE_BYTES)
            .<Key, List<EncodedMessage>>weigher(
                (key, block) -> block.stream().mapToInt(EncodedMessage::weight).sum())
            .expireAfterAccess(UNUSED)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  private record Key(ChannelId channel, Epoch epoch, long index) {}

  /**
   * What one read brought.
   *
   * @param head the channel just before it
   * @param messages in order, without those that cannot be read
   * @param through the seq up to which everything there is of the block is here
   */
  record Extent(Head head, List<EncodedMessage> messages, long through) {
    /** Whether the block has more, and that begins with this seq or before it. */
    boolean endsBefore(long seq) {
      return seq > through && seq <= head.lastSeq();
    }

    /** The messages from there to the first hole: what is behind one is asked for anew. */
    List<EncodedMessage> run(long from) {
      return Runs.unbroken(from, messages);
    }

    /** The first seq of which nothing is known, for who asks from {@code seq} on. */
    long behind(long seq) {
      return Math.max(Math.max(through, head.firstSeq() - 1), seq - 1) + 1;
    }
  }

  /** The index of the block that a seq is in. */
  static long indexOf(long seq) {
    return (seq - 1) / SIZE;
  }

  /**
   * The block from its beginning or from what is kept of it, so that others find what they need in
   * it; the next block when nothing of this one is kept. What others have read of it is not read
   * again: the newest block only grows.
   *
   * @param through the last seq that is needed; the store is not read for what is behind it
   */
  Extent read(ChannelId channel, long index, long through) {
    Stores.Opened opened = stores.open(channel);
    Head head = opened.head();
    long block = Math.max(index, indexOf(head.firstSeq()));
    long begin = Math.max(block * SIZE + 1, head.firstSeq());
    long end = Math.min((block + 1) * SIZE, head.lastSeq());
    long needed = begin <= through ? Math.min(end, through) : end;
    Key key = new Key(channel, head.epoch(), block);
    List<EncodedMessage> run = runs.getIfPresent(key);
    if (run == null || run.getFirst().seq() > begin) {
      run = List.of();
    }
    long next = run.isEmpty() ? begin : run.getLast().seq() + 1;
    if (next <= needed) {
      LongAdder reads = run.isEmpty() ? first : growths;
      run = Runs.longer(run, read(opened.held(), head, next, needed, reads));
      if (!run.isEmpty()) {
        runs.put(key, run);
      }
    }
    // Others may have read further than this head; a store that went back has less than was read.
    List<EncodedMessage> found = Runs.upTo(end, Runs.from(begin, run));
    return new Extent(head, found, Math.max(needed, next - 1));
  }

  /** The same from that seq on, from the store itself: nothing is taken from what is kept. */
  Extent readAnew(Stores.Opened opened, long from) {
    Head head = opened.head();
    long last = Math.min((indexOf(from) + 1) * SIZE, head.lastSeq());
    return new Extent(head, read(opened.held(), head, from, last, repairs), last);
  }

  /** Nothing newer than the head: it may be of an epoch that the head does not know. */
  private static List<EncodedMessage> read(
      Held held, Head head, long first, long last, LongAdder reads) {
    reads.increment();
    List<EncodedMessage> messages = new ArrayList<>();
    for (Message message : held.readForward(first, (int) (last - first + 1))) {
      if (message.seq() > last) {
        break;
      }
      Epoch epoch = head.epochOf(message.seq());
      boolean older = !epoch.equals(head.epoch());
      messages.add(new EncodedMessage(held.channel(), epoch, message, older));
    }
    return messages;
  }

  /** Forgets what nobody has asked for lately. */
  void sweep() {
    runs.cleanUp();
  }

  /** Bytes of what is kept. */
  long bytes() {
    return runs.policy().eviction().map(bound -> bound.weightedSize().orElse(0)).orElse(0L);
  }

  /** Reads of blocks of which nothing was kept. */
  long firstReads() {
    return first.sum();
  }

  /** Reads of what had come to the channel since its newest block was read. */
  long growthReads() {
    return growths.sum();
  }

  /** Reads that took nothing from what is kept. */
  long repairReads() {
    return repairs.sum();
  }
}
