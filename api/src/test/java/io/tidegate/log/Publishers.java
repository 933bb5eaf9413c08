package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Several publishers at the same time, each waiting for its answer before it publishes on. */
final class Publishers implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<?>[] running;

  /** Each publishes {@code units} units of 1 to 5 messages round robin into {@code channels}. */
  Publishers(
      Ledger ledger,
      MessageLog log,
      String channelPrefix,
      String idPrefix,
      int count,
      int units,
      int channels) {
    running = new Future<?>[count];
    for (int p = 0; p < count; p++) {
      int publisher = p;
      running[p] =
          threads.submit(
              () -> {
                for (int unit = 0; unit < units; unit++) {
                  ChannelId channel =
                      MessageLogContract.channel(
                          channelPrefix + ":" + (publisher + unit) % channels);
                  String prefix = idPrefix + publisher + "-" + unit + "-";
                  ledger.publish(
                      log,
                      channel,
                      IntStream.rangeClosed(0, unit % 5)
                          .mapToObj(i -> prefix + i)
                          .toArray(String[]::new));
                }
              });
    }
  }

  boolean areDone() {
    return Arrays.stream(running).allMatch(Future::isDone);
  }

  void await() throws InterruptedException, ExecutionException {
    for (Future<?> each : running) {
      each.get();
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
