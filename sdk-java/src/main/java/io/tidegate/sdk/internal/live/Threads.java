package io.tidegate.sdk.internal.live;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The threads of all clients of the process, daemons: as many as there are cores for the sockets,
 * one for timers, and one for each listener that is being called, gone after 10 idle seconds.
 */
public final class Threads {
  private static final long IDLE_SECONDS = 10;

  private static final ExecutorService IO = io();
  private static final ExecutorService CALLBACKS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          named("tidegate-callback-", Thread::new));
  private static final ScheduledThreadPoolExecutor TIMER = timers();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .executor(IO)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Threads() {}

  /** One for all sockets. */
  static HttpClient http() {
    return HTTP;
  }

  /** Where applications are called; they may block. */
  public static ExecutorService callbacks() {
    return CALLBACKS;
  }

  /** What runs on it does not block. */
  static ScheduledThreadPoolExecutor timer() {
    return TIMER;
  }

  private static ExecutorService io() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("tidegate-io-", ReadingThread::new)) {
          @Override
          protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            ReadingThread.handOverNow();
          }
        };
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ScheduledThreadPoolExecutor timers() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, named("tidegate-timer-", Thread::new));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static ThreadFactory named(
      String prefix, BiFunction<Runnable, String, ? extends Thread> kind) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = kind.apply(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
