package io.tidegate.log;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Measures the log alone, beside its own database on the same machine; not a test. Arguments:
 * messages per unit, channels, units in flight, seconds, bytes per message, lanes.
 */
final class LogBench {
  private LogBench() {}

  public static void main(String[] args) throws Exception {
    int perUnit = argument(args, 0, 20);
    int channelCount = argument(args, 1, 100);
    int inFlight = argument(args, 2, 64);
    int seconds = argument(args, 3, 10);
    byte[] data =
        ("\"" + "x".repeat(argument(args, 4, 200) - 2) + "\"").getBytes(StandardCharsets.UTF_8);
    LogDatabase database = LogDatabase.fresh("log_bench");
    List<ChannelId> channels = new ArrayList<>();
    for (int i = 0; i < channelCount; i++) {
      channels.add(new ChannelId(new AppId("1001"), new ChannelName("bench:" + i)));
    }
    LogSettings normal = LogSettings.DEFAULT;
    LogSettings settings =
        new LogSettings(
            argument(args, 5, normal.lanes()),
            normal.batchMessages(),
            normal.batchBytes(),
            normal.queueMessages(),
            normal.queueBytes(),
            normal.queueAge(),
            normal.answerTime());
    try (JdbcMessageLog log = database.log(settings)) {
      run(log, channels, perUnit, inFlight, 5, data, "warm-up");
      run(log, channels, perUnit, inFlight, seconds, data, "measured");
    }
    System.exit(0);
  }

  private static void run(
      JdbcMessageLog log,
      List<ChannelId> channels,
      int perUnit,
      int inFlight,
      int seconds,
      byte[] data,
      String label)
      throws InterruptedException {
    Semaphore free = new Semaphore(inFlight);
    AtomicLong stored = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    ConcurrentHistogram micros = new ConcurrentHistogram(3);
    double databaseBefore = databaseCpuSeconds();
    double ownBefore = ownCpuSeconds();
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    long unit = 0;
    String prefix = Long.toHexString(begin) + "-";
    while (System.nanoTime() - end < 0) {
      free.acquire();
      List<Draft> drafts = new ArrayList<>(perUnit);
      for (int i = 0; i < perUnit; i++) {
        drafts.add(new Draft(prefix + unit + ":" + i, "bench", data, null, null, null, null, null));
      }
      ChannelId channel = channels.get((int) (unit++ % channels.size()));
      long sent = System.nanoTime();
      log.append(
              new PublishUnit(MessageLogContract.TENANT, channel, drafts),
              MessageLogContract.DAYS_30,
              published -> {})
          .whenComplete(
              (answer, fault) -> {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent));
                (fault == null ? stored : refused).addAndGet(perUnit);
                free.release();
              });
    }
    free.acquire(inFlight);
    double database = databaseCpuSeconds() - databaseBefore;
    double own = ownCpuSeconds() - ownBefore;
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%s: %.0f messages/s (%d per unit, %d in flight, %d channels), p50 %.1f ms, p99 %.1f ms,"
            + " refused %d, CPU per message: log %.0f us, database %.0f us%n",
        label,
        stored.get() / took,
        perUnit,
        inFlight,
        channels.size(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        refused.get(),
        own * 1e6 / stored.get(),
        database * 1e6 / stored.get());
  }

  private static double databaseCpuSeconds() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/bin/postgres"))
        .mapToDouble(LogBench::cpuSeconds)
        .sum();
  }

  private static double ownCpuSeconds() {
    return cpuSeconds(ProcessHandle.current());
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }
}
