package io.tidegate.limit;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisNames;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of all nodes, counted in Redis. The node that counted one hears at once whether the
 * address has to wait; the others read it, {@value #READ_MILLIS} ms later at most. So nobody who
 * shows a good credential waits for Redis.
 */
public final class RedisGuesses implements Guesses {
  private static final int READ_MILLIS = 250;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final RedisScript FAILED = RedisScript.of("guess-failed");
  private static final RedisScript READ = RedisScript.of("guess-read");
  private static final List<String> TRAIL = List.of("{tgg}:t", "{tgg}:n");
  private static final Logger LOG = LoggerFactory.getLogger(RedisGuesses.class);

  private final RedisLink link;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean reading = new AtomicBoolean();

  /** The last entry of the trail that was read; -1 before the first. By whoever is reading. */
  private volatile long last = -1;

  public RedisGuesses(RedisLink link, ScheduledExecutorService timer) {
    this.link = link;
    timer.scheduleWithFixedDelay(this::read, 0, READ_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public String name(String address) {
    return RedisNames.hash(address);
  }

  @Override
  public void failed(String address, int perMinute) {
    String name = name(address);
    link.<Long>eval(
            FAILED,
            ScriptOutputType.INTEGER,
            List.of(TRAIL.get(0), TRAIL.get(1), "{tgg}:a:" + name),
            bytes(Integer.toString(perMinute)),
            bytes(name))
        .whenComplete(
            (micros, unheard) -> {
              if (unheard == null && micros > 0) {
                tell(name, micros);
              }
            });
  }

  private void read() {
    if (!link.isUp() || !reading.compareAndSet(false, true)) {
      return;
    }
    link.<List<byte[]>>eval(READ, ScriptOutputType.MULTI, TRAIL, bytes(Long.toString(last)))
        .whenComplete(
            (answer, unheard) -> {
              try {
                if (unheard == null) {
                  hear(answer);
                }
              } catch (RuntimeException e) {
                LOG.error("what other nodes know of addresses was not understood", e);
              } finally {
                reading.set(false);
              }
            });
  }

  private void hear(List<byte[]> answer) {
    for (int i = 1; i + 1 < answer.size(); i += 2) {
      tell(text(answer.get(i)), Long.parseLong(text(answer.get(i + 1))));
    }
    last = Long.parseLong(text(answer.getFirst()));
  }

  private void tell(String name, long micros) {
    listeners.forEach(listener -> listener.waits(name, micros * NANOS_PER_MICRO));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
