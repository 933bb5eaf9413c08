package io.tidegate.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Links of tests about something else than Redis that is silent: on a busy machine a server, or the
 * thread that hears it, may stand still for longer than a node waits. A server that is killed is
 * noticed at once, as its connections end, and one that is back is found as soon.
 */
public final class PatientLink {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long SILENT_MILLIS = 20_000;

  private PatientLink() {}

  /** Returns when the server answers. */
  public static RedisLink open(String urls, ScheduledExecutorService timer) {
    RedisLink link = RedisLink.open(RedisAddress.parse(urls, PATIENCE), timer, SILENT_MILLIS);
    await().atMost(PATIENCE).until(link::isUp);
    return link;
  }
}
