package io.tidegate.node;

import io.tidegate.breaker.Contact;
import io.tidegate.events.EventStream;
import io.tidegate.management.Readiness;
import io.tidegate.session.Sessions;
import io.tidegate.settings.SettingsException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of this process: alone, warm, ready; then drained. */
@Singleton
public final class Node {
  private static final int BEAT_SECONDS = 2;

  /** What a last beat may take: a database that is away ends it sooner. */
  private static final int LAST_BEAT_SECONDS = 3;

  /** The connection of a node that was killed is noticed by the database well within this. */
  private static final int ALONE_TRIES = 50;

  private static final int ALONE_MILLIS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final NodeName name;
  private final JdbcNodes nodes;
  private final Sessions sessions;
  private final Readiness readiness;
  private final Drain drain;
  private final NodeWatch watch;
  private final EventStream events;
  private final Contact contact;
  private final CommandJob commands;

  /** A thread of its own: it waits for a database that is away, and nobody else shall. */
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("node-heart").daemon().factory());

  Node(
      NodeName name,
      JdbcNodes nodes,
      Sessions sessions,
      Readiness readiness,
      Drain drain,
      NodeWatch watch,
      EventStream events,
      Contact contact,
      CommandJob commands) {
    this.name = name;
    this.nodes = nodes;
    this.sessions = sessions;
    this.readiness = readiness;
    this.drain = drain;
    this.watch = watch;
    this.events = events;
    this.contact = contact;
    this.commands = commands;
  }

  /**
   * Before the server listens: makes sure that no other node lives, and warms up.
   *
   * @throws SettingsException when another one does
   */
  public void begin() {
    requireAlone();
    commands.begin();
    WarmUp.run();
    heart.scheduleWithFixedDelay(this::beat, 0, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /** The server listens. */
  public void ready() {
    readiness.up();
  }

  /** Tells every client to go elsewhere and waits until they have; then the server may stop. */
  public void drain() {
    readiness.down();
    events.node(name.value(), version(), "draining");
    events.drain();
    drain.run();
    stopHeart();
    try {
      nodes.gone(name.value());
    } catch (SQLException e) {
      LOG.warn("the node is not signed off: its lease ends by itself ({})", e.getMessage());
    }
  }

  /** A beat under way would write this node down again behind its signing off. */
  private void stopHeart() {
    heart.shutdown();
    try {
      if (!heart.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
        heart.shutdownNow();
      }
    } catch (InterruptedException e) {
      heart.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void requireAlone() {
    try {
      for (int i = 0; i < ALONE_TRIES; i++) {
        if (nodes.lock()) {
          return;
        }
        Thread.sleep(ALONE_MILLIS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be asked for other nodes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SettingsException(
        "another gateway is using this database: without TIDEGATE_REDIS_URL on all of them there is"
            + " one node only");
  }

  static String version() {
    String version = Node.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private void beat() {
    try {
      nodes.seen(name.value(), version(), sessions.count());
      contact.reached();
      watch.look();
      if (!nodes.lock()) {
        LOG.error("a gateway that does not belong to this one is using this database: stop it");
      }
    } catch (SQLException e) {
      LOG.warn("the database cannot be told that this node lives: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the heartbeat failed, it goes on", e);
    }
  }
}
