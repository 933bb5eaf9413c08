package io.tidegate.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel's past for the subscriptions of this node, in blocks of {@value #BLOCK} seqs:
 * everyone who asks for a block at the same time shares one read, and blocks stay in a bounded
 * cache, so that a reconnect storm reads each block once. Never answers on the calling thread; a
 * failed stage carries a {@code RefusedException}.
 */
public final class Replay {
  public static final int BLOCK = 256;

  /** Messages of blocks that were read, per node. */
  private static final long MAX_CACHE_BYTES = 64L << 20;

  /** A storm of reconnects is over by then; a block that nobody asks for is only in the way. */
  static final Duration UNUSED = Duration.ofMinutes(2);

  /** Blocks of which nothing can be read, one behind the other: more are passed over unseen. */
  private static final int MAX_PASSED = 16;

  /** A node hears of new rules within 2 s. */
  private static final int MAX_LOOKS = 30;

  private static final int LOOK_MILLIS = 100;

  /** Reads under way at a time; the rest wait, so that a storm does not take all of 6 readers. */
  private static final int MAX_READS = 4;

  private final Stores stores;
  private final Executor blocking;
  private final Executor lookAgain;
  private final InstantSource clock;
  private final Semaphore permits = new Semaphore(MAX_READS);
  private final ConcurrentHashMap<ChannelId, CompletableFuture<Head>> heads =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Key, CompletableFuture<Extent>> underWay =
      new ConcurrentHashMap<>();
  private final Cache<Key, List<EncodedMessage>> runs;
  private final LongAdder blocks = new LongAdder();
  private final LongAdder growths = new LongAdder();
  private final LongAdder repairs = new LongAdder();

  /**
   * @param blocking where reads run: virtual threads
   */
  public Replay(Stores stores, Executor blocking, InstantSource clock) {
    this(stores, blocking, clock, Ticker.systemTicker());
  }

  Replay(Stores stores, Executor blocking, InstantSource clock, Ticker ticker) {
    this.stores = stores;
    this.blocking = blocking;
    this.lookAgain =
        CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS, blocking);
    this.clock = clock;
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

  /**
   * Some of a channel's past.
   *
   * @param head the channel just before this was read
   * @param messages gapless; empty, or beginning later than asked, when the rest is not kept
   */
  public record Block(Head head, List<EncodedMessage> messages) {}

  /**
   * What one read brought.
   *
   * @param through the seq up to which everything there is of the block is here
   */
  private record Extent(Block block, long through) {
    /** Whether the block has more, and that begins with this seq or before it. */
    boolean endsBefore(long seq) {
      return seq > through && seq <= block.head().lastSeq();
    }

    Block from(long seq) {
      return new Block(block.head(), run(seq, block.messages()));
    }

    /** The first seq of which nothing is known, for who asks from {@code seq} on. */
    long behind(long seq) {
      return Math.max(Math.max(through, block.head().firstSeq() - 1), seq - 1) + 1;
    }
  }

  /** A block of seqs; the epoch is null while its read is under way. */
  private record Key(ChannelId channel, @Nullable Epoch epoch, long index) {}

  /**
   * The channel's head; the channel begins when its store does not know it. When it has moved and
   * this node has not heard of that, the answer waits until it has.
   */
  public CompletionStage<Head> head(ChannelId channel) {
    return head(channel, MAX_LOOKS);
  }

  private CompletableFuture<Head> head(ChannelId channel, int looks) {
    return async(() -> stores.open(channel).head())
        .exceptionallyCompose(
            failure ->
                looks > 1 && RefusedException.of(failure).refusal() == Refusal.RULES_UNKNOWN
                    ? CompletableFuture.supplyAsync(() -> looks - 1, lookAgain)
                        .thenCompose(left -> head(channel, left))
                    : CompletableFuture.failedFuture(failure));
  }

  /**
   * The same, shared by everyone who asks at the same time: it may be older than the call, by as
   * long as one read takes. Good enough to see what a position is worth.
   */
  public CompletionStage<Head> sharedHead(ChannelId channel) {
    CompletableFuture<Head> fresh = new CompletableFuture<>();
    CompletableFuture<Head> shared = heads.putIfAbsent(channel, fresh);
    if (shared != null) {
      return shared;
    }
    head(channel)
        .whenComplete(
            (head, failure) -> {
              heads.remove(channel, fresh);
              complete(fresh, head, failure);
            });
    return fresh;
  }

  /**
   * Messages with seq {@code >= from}, in order: to the end of the block, fewer at the head and
   * before one that cannot be read.
   */
  public CompletionStage<Block> read(ChannelId channel, long from) {
    return read(channel, from, Long.MAX_VALUE);
  }

  /**
   * The same for a caller who needs nothing behind {@code through}, as it has come to this node by
   * itself: the store is not read for that. What others have read is there all the same.
   */
  public CompletionStage<Block> read(ChannelId channel, long from, long through) {
    return read(channel, from, through, MAX_PASSED);
  }

  private CompletionStage<Block> read(ChannelId channel, long from, long through, int more) {
    Key key = new Key(channel, null, (from - 1) / BLOCK);
    CompletableFuture<Extent> fresh = new CompletableFuture<>();
    CompletableFuture<Extent> shared = underWay.putIfAbsent(key, fresh);
    if (shared == null) {
      async(() -> readBlock(channel, key.index(), through))
          .whenComplete(
              (found, failure) -> {
                underWay.remove(key, fresh);
                complete(fresh, found, failure);
              });
      return fresh.thenCompose(found -> readable(channel, from, found, more));
    }
    return shared.thenCompose(
        found ->
            found.endsBefore(from)
                ? read(channel, from, through, more)
                : readable(channel, from, found, more));
  }

  /** What was found; when nothing of it can be read, what is behind it. */
  private CompletionStage<Block> readable(ChannelId channel, long from, Extent found, int more) {
    Block run = found.from(from);
    long next = found.behind(from);
    return isNothingOf(run, next) && more > 0
        ? read(channel, next, Long.MAX_VALUE, more - 1)
        : CompletableFuture.completedFuture(run);
  }

  /** Whether nothing was found, though there is something behind it. */
  private static boolean isNothingOf(Block run, long next) {
    return run.messages().isEmpty() && next <= run.head().lastSeq();
  }

  private static long endOf(long seq) {
    return ((seq - 1) / BLOCK + 1) * BLOCK;
  }

  /**
   * The same from the store itself, shared with nobody: nothing that was committed before this call
   * is missed, and nothing is in it that the store does not have now.
   */
  public CompletionStage<Block> readNow(ChannelId channel, long from) {
    return async(
        () -> {
          Stores.Opened opened = stores.open(channel);
          Head head = opened.head();
          long next = Math.max(from, head.firstSeq());
          Block found = new Block(head, List.of());
          for (int i = 0; i <= MAX_PASSED && isNothingOf(found, next); i++) {
            long first = next;
            long last = Math.min(endOf(first), head.lastSeq());
            found = new Block(head, run(first, read(opened.held(), head, first, last, repairs)));
            next = last + 1;
          }
          return found;
        });
  }

  /**
   * Has the channel's store begin a new epoch, unless {@code outrun} has ended already: this node
   * was handed messages that the store does not have.
   */
  public CompletionStage<Void> supersede(ChannelId channel, Epoch outrun) {
    return async(
        () -> {
          stores.of(channel).supersede(outrun);
          return null;
        });
  }

  /** The position behind which a rewind of so many messages and seconds begins. */
  public CompletionStage<Position> rewind(ChannelId channel, int messages, long seconds) {
    return async(
        () -> {
          Stores.Opened opened = stores.open(channel);
          Held held = opened.held();
          Head head = opened.head();
          long byCount = head.lastSeq() - messages;
          long byTime = held.seqAt(clock.millis() - seconds * 1000) - 1;
          long kept = head.firstSeq() - 1;
          long seq = Math.min(head.lastSeq(), Math.max(kept, Math.max(byCount, byTime)));
          return new Position(head.epoch(), seq);
        });
  }

  /** Forgets what nobody has asked for lately; called about once a second. */
  public void sweep() {
    runs.cleanUp();
  }

  /** What is kept of blocks that were read. */
  public long cachedBytes() {
    return runs.policy().eviction().map(bound -> bound.weightedSize().orElse(0)).orElse(0L);
  }

  /** How often a store was read for messages. */
  public long reads() {
    return blockReads() + growthReads() + repairReads();
  }

  /** Of these, reads of blocks of which nothing was kept here. */
  public long blockReads() {
    return blocks.sum();
  }

  /** Reads of what had come to the channel since its newest block was read. */
  public long growthReads() {
    return growths.sum();
  }

  /** Reads that were shared with nobody: of what this node was not told. */
  public long repairReads() {
    return repairs.sum();
  }

  /**
   * The block from its beginning or from what is kept of it, so that others find what they need in
   * it; the next block when nothing of this one is kept. What others have read of it is not read
   * again: the newest block only grows.
   */
  private Extent readBlock(ChannelId channel, long index, long through) {
    Stores.Opened opened = stores.open(channel);
    Held held = opened.held();
    Head head = opened.head();
    long block = Math.max(index, (head.firstSeq() - 1) / BLOCK);
    long begin = Math.max(block * BLOCK + 1, head.firstSeq());
    long end = Math.min((block + 1) * BLOCK, head.lastSeq());
    long needed = begin <= through ? Math.min(end, through) : end;
    Key key = new Key(channel, head.epoch(), block);
    List<EncodedMessage> run = runs.getIfPresent(key);
    if (run == null || run.getFirst().seq() > begin) {
      run = List.of();
    }
    long next = run.isEmpty() ? begin : run.getLast().seq() + 1;
    if (next <= needed) {
      LongAdder reads = run.isEmpty() ? blocks : growths;
      run = longer(run, read(held, head, next, needed, reads));
      if (!run.isEmpty()) {
        runs.put(key, run);
      }
    }
    // Others may have read further than this head; a store that went back has less than was read.
    List<EncodedMessage> found = upTo(end, from(begin, run));
    return new Extent(new Block(head, found), Math.max(needed, next - 1));
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

  private static List<EncodedMessage> longer(List<EncodedMessage> run, List<EncodedMessage> more) {
    if (run.isEmpty() || more.isEmpty()) {
      return run.isEmpty() ? more : run;
    }
    List<EncodedMessage> both = new ArrayList<>(run.size() + more.size());
    both.addAll(run);
    both.addAll(more);
    return both;
  }

  private static List<EncodedMessage> upTo(long last, List<EncodedMessage> messages) {
    int size = messages.size();
    while (size > 0 && messages.get(size - 1).seq() > last) {
      size--;
    }
    return messages.subList(0, size);
  }

  private static List<EncodedMessage> from(long from, List<EncodedMessage> messages) {
    int skip = 0;
    while (skip < messages.size() && messages.get(skip).seq() < from) {
      skip++;
    }
    return messages.subList(skip, messages.size());
  }

  /** From there to the first hole: what is behind one is asked for anew. */
  private static List<EncodedMessage> run(long from, List<EncodedMessage> messages) {
    List<EncodedMessage> found = from(from, messages);
    int size = Math.min(1, found.size());
    while (size < found.size() && found.get(size).seq() == found.get(size - 1).seq() + 1) {
      size++;
    }
    return found.subList(0, size);
  }

  private static <T> void complete(
      CompletableFuture<T> future, T value, @Nullable Throwable failure) {
    if (failure == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(failure);
    }
  }

  private <T> CompletableFuture<T> async(Supplier<T> read) {
    return CompletableFuture.supplyAsync(
        () -> {
          permits.acquireUninterruptibly();
          try {
            return read.get();
          } finally {
            permits.release();
          }
        },
        blocking);
  }
}
