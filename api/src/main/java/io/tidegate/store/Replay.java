package io.tidegate.store;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Blocks.Extent;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel's past for the subscriptions of this node, in blocks of {@value #BLOCK} seqs:
 * everyone who asks for a block at the same time shares one read, and blocks are kept for a while,
 * so that a reconnect storm reads each block once. Never answers on the calling thread; a failed
 * stage carries a {@code RefusedException}.
 */
public final class Replay {
  public static final int BLOCK = Blocks.SIZE;

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
  private final ConcurrentHashMap<Asked, CompletableFuture<Extent>> underWay =
      new ConcurrentHashMap<>();
  private final Blocks blocks;

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
    this.blocks = new Blocks(stores, ticker);
  }

  /**
   * Some of a channel's past.
   *
   * @param head the channel just before this was read
   * @param messages gapless; empty, or beginning later than asked, when the rest is not kept
   */
  public record Block(Head head, List<EncodedMessage> messages) {}

  /** A block whose read is under way. */
  private record Asked(ChannelId channel, long index) {}

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
    Asked key = new Asked(channel, Blocks.indexOf(from));
    CompletableFuture<Extent> fresh = new CompletableFuture<>();
    CompletableFuture<Extent> shared = underWay.putIfAbsent(key, fresh);
    if (shared == null) {
      async(() -> blocks.read(channel, key.index(), through))
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
    Block run = new Block(found.head(), found.run(from));
    long next = found.behind(from);
    return isNothingOf(run, next) && more > 0
        ? read(channel, next, Long.MAX_VALUE, more - 1)
        : CompletableFuture.completedFuture(run);
  }

  /** Whether nothing was found, though there is something behind it. */
  private static boolean isNothingOf(Block run, long next) {
    return run.messages().isEmpty() && next <= run.head().lastSeq();
  }

  /**
   * The same from the store itself, shared with nobody: nothing that was committed before this call
   * is missed, and nothing is in it that the store does not have now.
   */
  public CompletionStage<Block> readNow(ChannelId channel, long from) {
    return async(
        () -> {
          Stores.Opened opened = stores.open(channel);
          Block found = new Block(opened.head(), List.of());
          long next = Math.max(from, opened.head().firstSeq());
          for (int i = 0; i <= MAX_PASSED && isNothingOf(found, next); i++) {
            Extent read = blocks.readAnew(opened, next);
            found = new Block(read.head(), read.run(next));
            next = read.through() + 1;
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
    blocks.sweep();
  }

  /** What is kept of blocks that were read. */
  public long cachedBytes() {
    return blocks.bytes();
  }

  /** How often a store was read for messages. */
  public long reads() {
    return blockReads() + growthReads() + repairReads();
  }

  /** Of these, reads of blocks of which nothing was kept here. */
  public long blockReads() {
    return blocks.firstReads();
  }

  /** Reads of what had come to the channel since its newest block was read. */
  public long growthReads() {
    return blocks.growthReads();
  }

  /** Reads that were shared with nobody: of what this node was not told. */
  public long repairReads() {
    return blocks.repairReads();
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
