package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.gateway.Inbox;
import io.tidegate.sdk.internal.message.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between the thread that reads and the one that calls the application nothing is left lying. */
class ReceiverTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whoIsParkedIsAlwaysWokenHoweverSoonItCatchesUp() {
    Log log = new Log(SubscribeOptions.live().buffer(1));
    SplittableRandom random = new SplittableRandom();
    for (int seq = 1; seq <= 5_000; seq++) {
      if (log.receiver.isFull()) {
        // As long as it takes to be interrupted there, sometimes.
        for (int spins = random.nextInt(200); spins > 0; spins--) {
          Thread.onSpinWait();
        }
        log.receiver.parked = true;
        log.receiver.schedule();
        awaitRoom(log.receiver);
      }
      log.put(seq);
    }
    log.awaitCount(5_000);
    assertThat(log.seqs).isEqualTo(LongStream.rangeClosed(1, 5_000).boxed().toList());
    assertThat(log.overlaps).hasValue(0);
  }

  /** Without a pause, which would hide a wake-up that is lost. */
  private static void awaitRoom(Receiver receiver) {
    long deadline = System.nanoTime() + Inbox.PATIENCE.toNanos();
    while (receiver.parked) {
      assertThat(System.nanoTime()).as("it is woken").isLessThan(deadline);
      Thread.yield();
    }
  }

  @Test
  void aBurstIsHandedOverOnceItIsReadAndAtHalfTheBufferAtTheLatest() throws Exception {
    AtomicInteger handedOver = new AtomicInteger();
    Log log = new Log(SubscribeOptions.live().buffer(8), handedOver);
    CountDownLatch read = new CountDownLatch(1);
    ReadingThread reading =
        new ReadingThread(
            () -> {
              log.put(1);
              log.put(2);
              if (handedOver.get() == 0) {
                log.put(3);
                log.put(4);
                log.put(5);
                if (handedOver.get() == 1) {
                  read.countDown();
                }
              }
              ReadingThread.handOverNow();
            },
            "reads");
    reading.start();
    assertThat(read.await(90, TimeUnit.SECONDS)).isTrue();
    reading.join();
    log.awaitCount(5);
    assertThat(log.seqs).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whatIsClosedLetsGoOfWhatWaited() {
    Log log = new Log(SubscribeOptions.live());
    for (int seq = 1; seq <= 1_000; seq++) {
      log.put(seq);
      if (seq == 500) {
        log.receiver.close();
      }
    }
    assertThat(log.receiver.isClosed()).isTrue();
    assertThat(log.receiver.ready()).isCompletedExceptionally();
    await().atMost(Inbox.PATIENCE).until(() -> !log.receiver.isHolding());
  }

  /** Keeps what its receiver gives. */
  private final class Log implements Receiver.Sink, Receiver.Owner {
    private final List<Long> seqs = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final Receiver receiver;

    Log(SubscribeOptions options) {
      this(options, new AtomicInteger());
    }

    Log(SubscribeOptions options, AtomicInteger handedOver) {
      MessageCodec codec = new MessageCodec("c", ChannelOptions.none(), JsonMapper.builtIn());
      receiver =
          new Receiver(
              "c",
              codec,
              options,
              this,
              Long.MAX_VALUE,
              task -> {
                handedOver.incrementAndGet();
                threads.execute(task);
              },
              this);
    }

    void put(int seq) {
      receiver.message("{\"seq\":%d,\"id\":\"m\",\"data\":1}".formatted(seq), "e");
    }

    void awaitCount(long most) {
      await().atMost(Inbox.PATIENCE).until(() -> count.get() >= most);
    }

    @Override
    public void message(Message message) {
      overlaps.addAndGet(inside.getAndIncrement());
      seqs.add(message.position().seq());
      inside.decrementAndGet();
      count.incrementAndGet();
    }

    @Override
    public void jump(Discontinuity jump) {}

    @Override
    public void end(TidegateException reason) {}

    @Override
    public void drained(Receiver one) {
      one.parked = false;
    }

    @Override
    public void closed(Receiver one) {}

    @Override
    public Optional<Position> position(Receiver one) {
      return Optional.empty();
    }
  }
}
