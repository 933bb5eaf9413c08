package io.tidegate.roster;

import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.roster.RedisSheet.Kind;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes once a second what this node has, for the others to read. On a thread of its own. */
public final class RedisRosterBeat implements AutoCloseable {
  private static final long BEAT_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RedisRosterBeat.class);

  private final Leases leases;
  private final RedisRosterWriter connections;
  private final RedisRosterWriter subscribers;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("roster").daemon().factory());

  public RedisRosterBeat(RedisLink link, Leases leases) {
    this.leases = leases;
    this.connections = new RedisRosterWriter(link, Kind.CONNECTIONS);
    this.subscribers = new RedisRosterWriter(link, Kind.SUBSCRIBERS);
  }

  /** Begins; both are asked on the thread of its own, and must not wait. */
  public void start(Inventory ofConnections, Inventory ofSubscribers) {
    clock.scheduleWithFixedDelay(
        () -> beat(ofConnections, ofSubscribers), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat(Inventory ofConnections, Inventory ofSubscribers) {
    try {
      connections.write(leases, ofConnections);
      subscribers.write(leases, ofSubscribers);
    } catch (RefusedException away) {
      LOG.debug("others are told later of this node's connections", away);
    } catch (RuntimeException e) {
      LOG.error("telling others of this node's connections failed, it goes on", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
