package io.tidegate.metalog;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which apps are listened to on other nodes: each tells its own through Redis once a second, and
 * hears of all. What a node that is gone has told ends by itself after some seconds. While Redis is
 * away each node tells its own listeners only.
 */
public final class RedisListeners {
  private static final int BEAT_MILLIS = 1_000;

  /** Some beats: a node that pauses is not taken for one that listens no more. */
  private static final String HOLDS_SECONDS = "5";

  /** Without an answer for so many beats in a row nobody is known to listen elsewhere. */
  private static final int MAX_SILENT = 5;

  private static final RedisScript TELL = RedisScript.of("listeners");
  private static final List<String> KEYS = List.of("{tgl}:l");
  private static final Logger LOG = LoggerFactory.getLogger(RedisListeners.class);

  private final RedisLink link;
  private final MetaLog log;

  /** Beats without an answer; on the timer's thread and the link's, one at a time. */
  private volatile int silent;

  public RedisListeners(RedisLink link, MetaLog log, ScheduledExecutorService timer) {
    this.link = link;
    this.log = log;
    timer.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      List<byte[]> args = new ArrayList<>();
      args.add(utf8(HOLDS_SECONDS));
      log.listened().forEach(app -> args.add(utf8(app.value())));
      link.<List<byte[]>>eval(TELL, ScriptOutputType.MULTI, KEYS, args.toArray(byte[][]::new))
          .whenComplete(
              (apps, failure) -> {
                if (failure == null) {
                  heard(apps);
                } else {
                  unheard(failure);
                }
              });
    } catch (RuntimeException e) {
      LOG.error("listeners were not told, it goes on", e);
    }
  }

  private void heard(List<byte[]> apps) {
    silent = 0;
    log.elsewhere(apps.stream().map(RedisListeners::app).collect(Collectors.toSet()));
  }

  private void unheard(Throwable failure) {
    LOG.debug("listeners on other nodes are not heard of", failure);
    int beats = silent + 1;
    silent = beats;
    if (beats == MAX_SILENT) {
      log.elsewhere(Set.of());
    }
  }

  private static AppId app(byte[] text) {
    return new AppId(new String(text, StandardCharsets.UTF_8));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
