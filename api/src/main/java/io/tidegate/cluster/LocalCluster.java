package io.tidegate.cluster;

import io.tidegate.postgres.EmbeddedPostgresServer;
import io.tidegate.settings.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts PostgreSQL, Redis and the nodes, and stops them in the opposite order: nodes drain while
 * what they stand on is there. Guarded by its monitor; ended by another thread than started it.
 */
final class LocalCluster {
  /** A first start makes the database, and the machine may be busy. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private static final long POLL_MILLIS = 50;

  /** A node takes 30 s at most, some of them at the same time on a small machine longer. */
  private static final long DRAIN_SECONDS = 60;

  private static final long REDIS_SECONDS = 20;

  private final Plan plan;
  private final ClusterFolder folder;
  private final Leftovers leftovers;
  private final ClusterFile file;
  private final PrintStream out;
  private final List<Child> nodes = new ArrayList<>();
  private final List<Ports> ports = new ArrayList<>();
  private volatile @Nullable EmbeddedPostgresServer postgres;
  private @Nullable Child redis;
  private String redisUrl = "";
  private boolean ended;

  LocalCluster(Plan plan, ClusterFolder folder, PrintStream out) {
    this.plan = plan;
    this.folder = folder;
    this.leftovers = new Leftovers(folder.path().resolve("processes"));
    this.file = new ClusterFile(plan.settings().data());
    this.out = out;
  }

  /** Returns when every node is ready. */
  void start() throws IOException, InterruptedException {
    file.remove();
    int stopped = leftovers.stop();
    if (stopped > 0) {
      out.println("stopped " + stopped + " processes that an earlier start had left");
    }
    ports.addAll(Ports.choose(plan.nodes(), plan.port()));
    Database database = plan.given() == null ? embedded() : plan.given();
    startRedis();
    for (int i = 0; i < plan.nodes(); i++) {
      startNode(i, database);
      // The first one alone: it makes what is made once, tables and the demo.
      if (i == 0 || i == plan.nodes() - 1) {
        for (int n = 0; n <= i; n++) {
          String url = plan.managementUrl(ports.get(n));
          awaitReady(nodes.get(n), () -> NodeCommand.isReady(url));
        }
      }
    }
    describe();
  }

  private synchronized Database embedded() {
    requireGoingOn();
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(plan.settings().data().resolve("postgres"));
    postgres = server;
    return new Database(server.jdbcUrl(), server.user(), server.password());
  }

  private void startRedis() throws IOException, InterruptedException {
    String given = plan.settings().redisUrl();
    if (given != null) {
      redisUrl = given;
      return;
    }
    RedisServer server = RedisServer.in(folder.redis(), plan.environment());
    redisUrl = server.url();
    Child child;
    synchronized (this) {
      child = launch("redis", server.command(), plan.strangers());
      redis = child;
    }
    awaitReady(child, server::isReady);
  }

  private synchronized void startNode(int index, Database database) throws IOException {
    Ports at = ports.get(index);
    Map<String, String> environment = plan.node(at, database, redisUrl);
    nodes.add(launch("node-" + at.port(), NodeCommand.words(), environment));
  }

  private Child launch(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    requireGoingOn();
    Child child = Child.start(name, command, environment, folder.log(name));
    leftovers.add(child);
    return child;
  }

  private void requireGoingOn() {
    if (ended) {
      throw new ClusterException("stopped while it started");
    }
  }

  private static void awaitReady(Child child, BooleanSupplier ready) throws InterruptedException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!ready.getAsBoolean()) {
      if (!child.isAlive() || System.nanoTime() > deadline) {
        throw new ClusterException(child.name() + " did not get ready:\n" + child.lastWords());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Writes {@code cluster.json} as things are now. */
  synchronized void describe() {
    if (ended) {
      return;
    }
    List<ClusterFile.Node> rows = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Ports at = ports.get(i);
      rows.add(new ClusterFile.Node(plan.url(at), plan.managementUrl(at), nodes.get(i).pid()));
    }
    EmbeddedPostgresServer own = postgres;
    Database database =
        own == null ? plan.given() : new Database(own.jdbcUrl(), own.user(), own.password());
    file.write(
        rows,
        new ClusterFile.Server(redisUrl, redis == null ? null : redis.pid()),
        new ClusterFile.Server(
            database == null ? "" : ClusterFile.url(database), own == null ? null : own.pid()),
        plan.settings().operatorToken().text());
  }

  synchronized List<Child> nodes() {
    return List.copyOf(nodes);
  }

  synchronized @Nullable Child redis() {
    return redis;
  }

  /** The process id of the PostgreSQL that was started here, as of now; 0 without one. */
  long postgresPid() {
    EmbeddedPostgresServer own = postgres;
    return own == null ? 0 : own.pid();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  String url(int node) {
    return plan.url(ports.get(node));
  }

  /** Stops all; what has been started when this is called is all there will be. */
  void end() throws IOException, InterruptedException {
    synchronized (this) {
      ended = true;
    }
    nodes.forEach(Child::terminate);
    try {
      for (Child node : nodes) {
        node.awaitEnd(DRAIN_SECONDS);
      }
    } finally {
      endServers();
    }
  }

  private void endServers() throws IOException, InterruptedException {
    try (folder) {
      if (redis != null) {
        redis.terminate();
        redis.awaitEnd(REDIS_SECONDS);
      }
      if (postgres != null) {
        postgres.close();
      }
      leftovers.forget();
      file.remove();
    }
  }
}
